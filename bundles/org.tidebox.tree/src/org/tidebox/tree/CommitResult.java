package org.tidebox.tree;

import java.util.List;

/**
 * The answer to a commit.
 *
 * @param head the library's head after it
 * @param outcomes one for each change, in the same order
 */
public record CommitResult(long head, List<Outcome> outcomes) {
    /** Freezes the list. */
    public CommitResult {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * What became of one change.
     *
     * @param sequence the sequence it got, or 0 if it was not accepted
     * @param conflict why it was not accepted, or {@code null}
     */
    public record Outcome(long sequence, Conflict conflict) {
        /** A change that was accepted. */
        public static Outcome accepted(long sequence) {
            return new Outcome(sequence, null);
        }

        /** A change that was not accepted. */
        public static Outcome rejected(Conflict.Reason reason, Node current) {
            return new Outcome(0, new Conflict(reason, current));
        }

        /** Returns whether the change was accepted. */
        public boolean isAccepted() {
            return conflict == null;
        }
    }
}
