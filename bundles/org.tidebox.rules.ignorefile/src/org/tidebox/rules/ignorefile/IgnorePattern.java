package org.tidebox.rules.ignorefile;

import java.util.List;
import java.util.Optional;
import org.tidebox.rules.Glob;
import org.tidebox.rules.PathGlob;

/** One line of an ignore file, which means what it means to git (gitignore(5)). Immutable. */
final class IgnorePattern {
    /** Of a pattern without a slash: met by a name in any folder; else {@code null}. */
    private final Glob name;
    private final PathGlob path;
    private final boolean foldersOnly;
    private final boolean negated;

    private IgnorePattern(Glob name, PathGlob path, boolean foldersOnly, boolean negated) {
        this.name = name;
        this.path = path;
        this.foldersOnly = foldersOnly;
        this.negated = negated;
    }

    /** Reads a line; empty if it is no pattern, or one that nothing can meet. */
    static Optional<IgnorePattern> parse(String line) {
        String text = withoutBlanks(line);
        if (text.startsWith("#")) {
            return Optional.empty();
        }
        boolean negated = text.startsWith("!");
        text = negated ? text.substring(1) : text;
        boolean foldersOnly = text.endsWith("/");
        text = foldersOnly ? text.substring(0, text.length() - 1) : text;
        boolean hasPath = text.indexOf('/') >= 0;
        List<Glob> names = new GitGlobParser(text.startsWith("/") ? text.substring(1) : text, hasPath).parse();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(hasPath
                ? new IgnorePattern(null, new PathGlob(names), foldersOnly, negated)
                : new IgnorePattern(names.getFirst(), null, foldersOnly, negated));
    }

    /** Blanks at the end do not count, unless there is a backslash before. */
    private static String withoutBlanks(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        int backslashes = 0;
        while (backslashes < end && line.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        boolean keepsOne = end < line.length() && backslashes % 2 == 1;
        return line.substring(0, keepsOne ? end + 1 : end);
    }

    boolean isNegated() {
        return negated;
    }

    /** Returns whether it is for an entry, whose names are given from the folder of the ignore file on. */
    boolean isFor(String[] names, boolean folder) {
        if (foldersOnly && !folder) {
            return false;
        }
        return name == null ? path.matches(names, names.length) : name.matches(names[names.length - 1]);
    }
}
