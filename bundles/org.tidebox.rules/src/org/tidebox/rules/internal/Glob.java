package org.tidebox.rules.internal;

import java.util.ArrayList;
import java.util.List;

/** A pattern over one name: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, and a backslash before a sign that stands for itself. */
public final class Glob {
    private final List<Part> parts;
    private final String literal;

    private Glob(List<Part> parts) {
        this.parts = parts;
        this.literal = parts.stream().allMatch(Literal.class::isInstance)
                ? parts.stream().map(part -> Character.toString(((Literal) part).sign))
                        .reduce("", String::concat)
                : null;
    }

    /** What one character has to be, or any number of characters. */
    private sealed interface Part {
        boolean accepts(char sign);
    }

    private record Literal(char sign) implements Part {
        @Override
        public boolean accepts(char other) {
            return sign == other;
        }
    }

    private record One() implements Part {
        @Override
        public boolean accepts(char sign) {
            return true;
        }
    }

    private record Any() implements Part {
        @Override
        public boolean accepts(char sign) {
            return true;
        }
    }

    private record Range(String bounds, boolean inverted) implements Part {
        @Override
        public boolean accepts(char sign) {
            boolean within = false;
            for (int i = 0; i < bounds.length(); i += 2) {
                within |= bounds.charAt(i) <= sign && sign <= bounds.charAt(i + 1);
            }
            return within != inverted;
        }
    }

    /**
     * Reads a pattern.
     *
     * @param offset what is added to positions in errors
     * @throws PatternException if it is none
     */
    public static Glob parse(String pattern, int offset) throws PatternException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            char sign = pattern.charAt(i);
            switch (sign) {
                case '*' -> addAny(parts);
                case '?' -> parts.add(new One());
                case '[' -> i = range(pattern, i, offset, parts);
                case '\\' -> {
                    i++;
                    if (i == pattern.length()) {
                        throw new PatternException(offset + i - 1, "a backslash at the end stands before nothing");
                    }
                    parts.add(new Literal(pattern.charAt(i)));
                }
                default -> parts.add(new Literal(sign));
            }
        }
        return new Glob(parts);
    }

    private static void addAny(List<Part> parts) {
        if (parts.isEmpty() || !(parts.getLast() instanceof Any)) {
            parts.add(new Any());
        }
    }

    private static int range(String pattern, int start, int offset, List<Part> parts) throws PatternException {
        int at = start + 1;
        boolean inverted = at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
        at += inverted ? 1 : 0;
        StringBuilder bounds = new StringBuilder();
        for (int first = at; at < pattern.length() && (pattern.charAt(at) != ']' || at == first); at++) {
            char low = pattern.charAt(at);
            char high = low;
            if (at + 2 < pattern.length() && pattern.charAt(at + 1) == '-' && pattern.charAt(at + 2) != ']') {
                high = pattern.charAt(at + 2);
                at += 2;
            }
            if (high < low) {
                throw new PatternException(offset + at - 2,
                        "the range " + low + "-" + high + " is the wrong way round");
            }
            bounds.append(low).append(high);
        }
        if (at >= pattern.length()) {
            throw new PatternException(offset + start, "a '[' without its ']'");
        }
        parts.add(new Range(bounds.toString(), inverted));
        return at;
    }

    /** Returns the only text that it accepts; {@code null} if there are others. */
    String literal() {
        return literal;
    }

    /** Returns whether it accepts everything. */
    boolean isAny() {
        return parts.size() == 1 && parts.getFirst() instanceof Any;
    }

    /** Returns whether it accepts a whole text; takes time in proportion to pattern times text at most. */
    public boolean matches(String text) {
        if (literal != null) {
            return literal.equals(text);
        }
        int at = 0;
        int part = 0;
        int lastAny = -1;
        int resumeAt = 0;
        while (at < text.length()) {
            if (part < parts.size() && parts.get(part) instanceof Any) {
                lastAny = part++;
                resumeAt = at;
            } else if (part < parts.size() && parts.get(part).accepts(text.charAt(at))) {
                part++;
                at++;
            } else if (lastAny >= 0) {
                part = lastAny + 1;
                at = ++resumeAt;
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
