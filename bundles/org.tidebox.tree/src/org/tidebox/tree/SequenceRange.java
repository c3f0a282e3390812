package org.tidebox.tree;

/**
 * Sequences of a library that follow each other.
 *
 * @param first the lowest, 1 or more
 * @param last the highest, not less than {@code first}
 */
public record SequenceRange(long first, long last) {
    /** Checks the order. */
    public SequenceRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("expected 1 <= first <= last, got " + first + " and " + last);
        }
    }

    /** Returns whether a sequence is one of them. */
    public boolean contains(long sequence) {
        return first <= sequence && sequence <= last;
    }
}
