package org.tidebox.rules;

import java.util.Set;

/** Words of conditions in quotation marks, where they need them. */
final class Quotes {
    /** What ends a word that stands without quotation marks. */
    static final String SPECIAL = "(),\"<>=~";
    /** The words that mean something themselves. */
    static final Set<String> KEYWORDS = Set.of("all", "in", "type", "size", "age", "name", "and", "or", "not");

    private Quotes() {
    }

    /** Returns a word as it may stand in a condition. */
    static String quoted(String word) {
        boolean plain = !word.isEmpty() && !KEYWORDS.contains(word)
                && word.chars().noneMatch(c -> Character.isWhitespace(c) || SPECIAL.indexOf(c) >= 0);
        return plain ? word : '"' + word.replace("\"", "\"\"") + '"';
    }
}
