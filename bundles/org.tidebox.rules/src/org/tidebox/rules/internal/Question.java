package org.tidebox.rules.internal;

/** A condition, ready to be asked. */
@FunctionalInterface
interface Question {
    /** Returns whether a candidate meets it. */
    boolean isMetBy(Facts facts);
}
