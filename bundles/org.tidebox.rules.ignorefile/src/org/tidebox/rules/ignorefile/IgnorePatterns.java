package org.tidebox.rules.ignorefile;

import java.text.Normalizer;
import java.util.List;

/** The patterns of one ignore file; of those that an entry meets the last one decides, as in git. Immutable. */
final class IgnorePatterns {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<IgnorePattern> lastFirst;

    private IgnorePatterns(List<IgnorePattern> lastFirst) {
        this.lastFirst = lastFirst;
    }

    /** Reads the text of a file. */
    static IgnorePatterns of(String file) {
        String text = file.startsWith(BYTE_ORDER_MARK) ? file.substring(1) : file;
        return new IgnorePatterns(Normalizer.normalize(text, Normalizer.Form.NFC).lines()
                .flatMap(line -> IgnorePattern.parse(line).stream()).toList().reversed());
    }

    boolean isEmpty() {
        return lastFirst.isEmpty();
    }

    /**
     * Decides on an entry.
     *
     * @param path its names, from the folder of the file on
     * @return whether it is ignored; {@code null} if no pattern is for it
     */
    Boolean decide(String[] path, boolean folder) {
        for (IgnorePattern pattern : lastFirst) {
            if (pattern.isFor(path, folder)) {
                return !pattern.isNegated();
            }
        }
        return null;
    }
}
