package org.tidebox.control;

import java.util.Objects;

/**
 * An interface to be served on the control socket of this process. Any bundle may register one as an OSGi service; it is
 * served for as long as it is registered.
 *
 * @param type the interface, which has a {@link ControlName}
 * @param target does the work; must be thread-safe
 */
public record ControlApi<T>(Class<T> type, T target) {
    /** Refuses what cannot be served. */
    public ControlApi {
        Objects.requireNonNull(target);
        nameOf(type);
    }

    /**
     * Returns the name of an interface.
     *
     * @throws IllegalArgumentException if it has none, or is no interface
     */
    public static String nameOf(Class<?> type) {
        ControlName name = type.getAnnotation(ControlName.class);
        if (!type.isInterface() || name == null) {
            throw new IllegalArgumentException(type.getName() + " is no interface with a ControlName");
        }
        return name.value();
    }
}
