package org.tidebox.agent;

import java.util.List;

/**
 * The rules of a sync folder.
 *
 * @param directory the folder
 * @param up what decides on uploads
 * @param down what decides on downloads
 * @param problem why the rules cannot be used, so that everything is held; {@code null} if they can
 */
public record RuleReport(String directory, Rules up, Rules down, String problem) {
    /**
     * One list.
     *
     * @param rules in the order in which they are asked
     * @param otherwise what is done with what meets no condition: {@code transfer}, {@code hold} or {@code ask}
     * @param candidates what is decided on: {@code index} for all that differs, {@code since-transfer} for what was
     *        stored since the last transfer
     */
    public record Rules(List<Line> rules, String otherwise, String candidates) {
        /** Decides on all that differs. */
        public Rules(List<Line> rules, String otherwise) {
            this(rules, otherwise, "index");
        }

        /** Freezes the list. */
        public Rules {
            rules = List.copyOf(rules);
        }
    }

    /**
     * One rule.
     *
     * @param condition which entries it is for
     * @param action {@code transfer}, {@code hold} or {@code ask}
     */
    public record Line(String condition, String action) {
    }
}
