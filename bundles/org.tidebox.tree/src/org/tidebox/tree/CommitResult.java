package org.tidebox.tree;

import java.util.List;

/**
 * The answer to a commit.
 *
 * @param head the library's head after it
 * @param outcomes one for each change, in the same order
 * @param mark of the head; {@code null} if it is not known
 */
public record CommitResult(long head, List<Outcome> outcomes, Mark mark) {
    /** Freezes the list. */
    public CommitResult {
        outcomes = List.copyOf(outcomes);
    }

    /** An answer without a mark. */
    public CommitResult(long head, List<Outcome> outcomes) {
        this(head, outcomes, null);
    }

    /** Returns the same answer with a mark. */
    public CommitResult withMark(Mark newMark) {
        return new CommitResult(head, outcomes, newMark);
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
