package org.tidebox.sync.internal.held;

/**
 * What a run came to.
 *
 * @param isQuiet whether nothing is left but problems, and what is held
 * @param waits whether what is left waits for something that is held
 */
public record Outcome(boolean isQuiet, boolean waits) {
    /** Nothing differs any more. */
    public static final Outcome DONE = new Outcome(true, false);
}
