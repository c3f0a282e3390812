package org.tidebox.control.internal;

import java.util.Map;

/** Records that are one of several: they travel with the simple name of their class. */
final class SealedTypes {
    /** Where that name stands. */
    static final String NAME = "is";

    private SealedTypes() {
    }

    /** Returns whether a record is one of several. */
    static boolean isOneOf(Class<?> record) {
        for (Class<?> type : record.getInterfaces()) {
            if (type.isSealed()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the record that JSON names.
     *
     * @throws IllegalArgumentException if it names none
     */
    static Class<?> of(Map<?, ?> json, Class<?> sealed) {
        Class<?> found = find(json.get(NAME), sealed);
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no " + sealed.getSimpleName() + " '" + json.get(NAME)
                            + "'; are both sides of the same version?");
        }
        return found;
    }

    private static Class<?> find(Object name, Class<?> sealed) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            Class<?> found = permitted.isSealed()
                    ? find(name, permitted)
                    : permitted.getSimpleName().equals(name) ? permitted : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
