package org.tidebox.rules.ignorefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidebox.rules.Glob;
import org.tidebox.rules.Glob.Range;
import org.tidebox.rules.PathGlob;

/** Reads one pattern of an ignore file, without its marks; for one use. */
final class GitGlobParser {
    private static final int LAST = Character.MAX_CODE_POINT;
    /** As in git, whatever the locale: letters are those of ASCII. */
    private static final Map<String, List<Range>> CLASSES = Map.ofEntries(
            Map.entry("alnum", List.of(new Range('a', 'z'), new Range('A', 'Z'), new Range('0', '9'))),
            Map.entry("alpha", List.of(new Range('a', 'z'), new Range('A', 'Z'))),
            Map.entry("blank", List.of(new Range(' ', ' '), new Range('\t', '\t'))),
            Map.entry("cntrl", List.of(new Range(0, 31), new Range(127, 127))),
            Map.entry("digit", List.of(new Range('0', '9'))), Map.entry("graph", List.of(new Range('!', '~'))),
            Map.entry("lower", List.of(new Range('a', 'z'))), Map.entry("print", List.of(new Range(' ', '~'))),
            Map.entry("punct", List.of(new Range('!', '/'), new Range(':', '@'), new Range('[', '`'),
                    new Range('{', '~'))),
            Map.entry("space", List.of(new Range(' ', ' '), new Range('\t', '\r'))),
            Map.entry("upper", List.of(new Range('A', 'Z'))),
            Map.entry("xdigit", List.of(new Range('0', '9'), new Range('a', 'f'), new Range('A', 'F'))));

    private final String pattern;
    private final boolean hasPath;
    private final List<Glob> names = new ArrayList<>();
    private int at;

    /** Prepares; a pattern without a path is one over names alone. */
    GitGlobParser(String pattern, boolean hasPath) {
        this.pattern = pattern;
        this.hasPath = hasPath;
    }

    /** Returns a pattern for each name of the path; none if nothing can meet it. */
    List<Glob> parse() {
        boolean possible = !pattern.isEmpty();
        for (boolean more = possible; possible && more; more = isAt('/')) {
            at += names.isEmpty() ? 0 : 1;
            possible = name();
        }
        if (!possible) {
            return List.of();
        }
        if (hasPath && names.getLast() == PathGlob.DEEP) {
            // At the end it stands for one name at least: what is in the folder before it, not that folder.
            names.add(new Glob.Builder().any().build());
        }
        return names;
    }

    /** Reads up to the next slash; returns whether anything can have such a name. */
    private boolean name() {
        int end = pattern.indexOf('/', at);
        if (hasPath && pattern.substring(at, end < 0 ? pattern.length() : end).equals("**")) {
            names.add(PathGlob.DEEP);
            at += 2;
            return true;
        }
        int start = at;
        Glob.Builder glob = new Glob.Builder();
        while (at < pattern.length() && !isAt('/')) {
            if (!part(glob)) {
                return false;
            }
        }
        names.add(glob.build());
        return at > start;
    }

    private boolean part(Glob.Builder glob) {
        int sign = next();
        switch (sign) {
            case '*' -> glob.any();
            case '?' -> glob.one();
            case '[' -> {
                return among(glob);
            }
            case '\\' -> {
                if (at == pattern.length() || isAt('/')) {
                    return isAt('/');
                }
                glob.literal(next());
            }
            default -> glob.literal(sign);
        }
        return true;
    }

    /** Reads what stands between brackets; returns false where the second one is missing. */
    private boolean among(Glob.Builder glob) {
        boolean inverted = isAt('!') || isAt('^');
        at += inverted ? 1 : 0;
        List<Range> ranges = new ArrayList<>();
        for (boolean first = true; at < pattern.length(); first = false) {
            if (isAt(']') && !first) {
                at++;
                glob.among(ranges, inverted);
                return true;
            }
            if (!range(ranges)) {
                return false;
            }
        }
        return false;
    }

    private boolean range(List<Range> ranges) {
        if (isAt('[') && pattern.startsWith(":", at + 1)) {
            int end = pattern.indexOf(":]", at + 2);
            if (end >= 0) {
                List<Range> named = CLASSES.get(pattern.substring(at + 2, end).toLowerCase(Locale.ROOT));
                at = end + 2;
                return named != null && ranges.addAll(named);
            }
        }
        int low = sign();
        if (!isAt('-') || at + 1 >= pattern.length() || pattern.charAt(at + 1) == ']') {
            ranges.add(new Range(low, low));
            return low <= LAST;
        }
        at++;
        int high = sign();
        ranges.add(new Range(low, high));
        return high <= LAST && low <= LAST;
    }

    /** Returns the next sign, without a backslash before it; one that there is not where the pattern ends. */
    private int sign() {
        int sign = next();
        return sign != '\\' ? sign : at < pattern.length() ? next() : LAST + 1;
    }

    private int next() {
        int sign = pattern.codePointAt(at);
        at += Character.charCount(sign);
        return sign;
    }

    private boolean isAt(char sign) {
        return at < pattern.length() && pattern.charAt(at) == sign;
    }
}
