package org.tidebox.rules.internal;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.rules.Glob;

/** Reads patterns of names in rules: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, and a backslash before a sign that stands for itself. */
public final class GlobParser {
    private final String pattern;
    private final int offset;
    private final Glob.Builder glob = new Glob.Builder();
    private int at;

    private GlobParser(String pattern, int offset) {
        this.pattern = pattern;
        this.offset = offset;
    }

    /**
     * Reads a pattern.
     *
     * @param offset what is added to positions in errors
     * @throws PatternException if it is none
     */
    public static Glob parse(String pattern, int offset) throws PatternException {
        GlobParser parser = new GlobParser(pattern, offset);
        while (parser.at < pattern.length()) {
            parser.part();
        }
        return parser.glob.build();
    }

    private void part() throws PatternException {
        int sign = next();
        switch (sign) {
            case '*' -> glob.any();
            case '?' -> glob.one();
            case '[' -> range();
            case '\\' -> {
                if (at == pattern.length()) {
                    throw new PatternException(offset + at - 1, "a backslash at the end stands before nothing");
                }
                glob.literal(next());
            }
            default -> glob.literal(sign);
        }
    }

    private int next() {
        int sign = pattern.codePointAt(at);
        at += Character.charCount(sign);
        return sign;
    }

    private void range() throws PatternException {
        int start = at - 1;
        boolean inverted = isAt('!') || isAt('^');
        at += inverted ? 1 : 0;
        List<Glob.Range> ranges = new ArrayList<>();
        while (at < pattern.length() && (ranges.isEmpty() || !isAt(']'))) {
            int before = at;
            int low = next();
            int high = low;
            if (isAt('-') && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']') {
                at++;
                high = next();
            }
            if (high < low) {
                throw new PatternException(offset + before, "the range " + Character.toString(low) + "-"
                        + Character.toString(high) + " is the wrong way round");
            }
            ranges.add(new Glob.Range(low, high));
        }
        if (at >= pattern.length()) {
            throw new PatternException(offset + start, "a '[' without its ']'");
        }
        at++;
        glob.among(ranges, inverted);
    }

    private boolean isAt(char sign) {
        return at < pattern.length() && pattern.charAt(at) == sign;
    }
}
