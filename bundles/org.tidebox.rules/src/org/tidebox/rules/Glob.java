package org.tidebox.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern over one name. Takes time in proportion to pattern times name at most, whatever both are: patterns come from
 * other devices, too. Immutable.
 */
public final class Glob {
    private final List<Part> parts;
    /** The text that an accepted one begins with. */
    private final String begin;
    /** The text that an accepted one ends with, after any number of characters; empty where none of the parts is that. */
    private final String end;
    private final boolean plain;
    private final boolean oneAny;

    private Glob(List<Part> parts) {
        this.parts = List.copyOf(parts);
        int first = 0;
        while (first < parts.size() && parts.get(first) instanceof Literal) {
            first++;
        }
        int last = parts.size();
        while (last > first && parts.get(last - 1) instanceof Literal) {
            last--;
        }
        begin = text(parts.subList(0, first));
        end = text(parts.subList(last, parts.size()));
        plain = first == parts.size();
        oneAny = last - first == 1 && parts.get(first) instanceof Any;
    }

    private static String text(List<Part> literals) {
        StringBuilder text = new StringBuilder();
        literals.forEach(part -> text.appendCodePoint(((Literal) part).sign));
        return text.toString();
    }

    /** What one character has to be, or any number of characters. */
    private sealed interface Part {
        boolean accepts(int sign);
    }

    private record Literal(int sign) implements Part {
        @Override
        public boolean accepts(int other) {
            return sign == other;
        }
    }

    private record One() implements Part {
        @Override
        public boolean accepts(int sign) {
            return true;
        }
    }

    private record Any() implements Part {
        @Override
        public boolean accepts(int sign) {
            return true;
        }
    }

    private record Among(List<Range> ranges, boolean inverted) implements Part {
        @Override
        public boolean accepts(int sign) {
            for (Range range : ranges) {
                if (range.low <= sign && sign <= range.high) {
                    return !inverted;
                }
            }
            return inverted;
        }
    }

    /**
     * Some characters that follow each other.
     *
     * @param low the first
     * @param high the last
     */
    public record Range(int low, int high) {
    }

    /** Puts a pattern together from its beginning on. */
    public static final class Builder {
        private final List<Part> parts = new ArrayList<>();

        /** Adds a character that stands for itself. */
        public Builder literal(int sign) {
            parts.add(new Literal(sign));
            return this;
        }

        /** Adds any character. */
        public Builder one() {
            parts.add(new One());
            return this;
        }

        /** Adds any number of characters, none included. */
        public Builder any() {
            if (parts.isEmpty() || !(parts.getLast() instanceof Any)) {
                parts.add(new Any());
            }
            return this;
        }

        /** Adds a character that is in one of some ranges, or in none of them. */
        public Builder among(List<Range> ranges, boolean inverted) {
            parts.add(new Among(List.copyOf(ranges), inverted));
            return this;
        }

        /** Returns the pattern. */
        public Glob build() {
            return new Glob(parts);
        }
    }

    /** Returns the only text that it accepts; {@code null} if there are others. */
    public String literal() {
        return plain ? begin : null;
    }

    /** Returns whether it accepts a whole text. */
    public boolean matches(String text) {
        if (plain) {
            return begin.equals(text);
        }
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            return false;
        }
        return oneAny ? text.length() >= begin.length() + end.length() : fits(text);
    }

    /** Where a part does not fit, only the last "any number" has to be tried with more: what came before fits anyhow. */
    private boolean fits(String text) {
        int at = 0;
        int part = 0;
        int lastAny = -1;
        int resumeAt = 0;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            if (part < parts.size() && parts.get(part) instanceof Any) {
                lastAny = part++;
                resumeAt = at;
            } else if (part < parts.size() && parts.get(part).accepts(sign)) {
                part++;
                at += Character.charCount(sign);
            } else if (lastAny >= 0) {
                part = lastAny + 1;
                resumeAt += Character.charCount(text.codePointAt(resumeAt));
                at = resumeAt;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) instanceof Any) {
            part++;
        }
        return part == parts.size();
    }
}
