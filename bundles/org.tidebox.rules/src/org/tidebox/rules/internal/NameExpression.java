package org.tidebox.rules.internal;

import java.util.regex.Pattern;

/** A regular expression over names that gives up where it would take very long, as {@code (.*a){12}b} does on many {@code a}. */
record NameExpression(Pattern pattern) {
    /** A name has 255 signs at most; what is no trap looks at each a few times. */
    private static final int MOST_LOOKS = 200_000;

    /** An expression took too long; nobody knows whether the name fits. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super("it takes too long to compare with this name; write it with fewer repetitions", null, false, false);
        }
    }

    /**
     * Returns whether a name fits as a whole.
     *
     * @throws TooLongException if that takes too long to find out
     */
    boolean fits(String name) {
        try {
            return pattern.matcher(new Counted(name, new int[1])).matches();
        } catch (StackOverflowError e) {
            // A loop over a group goes deeper with each round.
            throw new TooLongException();
        }
    }

    /** A text that can be looked at only so often. */
    private record Counted(String text, int[] looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > MOST_LOOKS) {
                throw new TooLongException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
