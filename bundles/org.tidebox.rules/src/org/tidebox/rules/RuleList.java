package org.tidebox.rules;

import java.util.List;

/**
 * Rules in order: the first one whose condition a candidate meets decides.
 *
 * @param rules in the order in which they are asked
 * @param otherwise what to do with a candidate that meets none
 */
public record RuleList(List<Rule> rules, Action otherwise) {
    /** Transfers everything, as without rules. */
    public static final RuleList EVERYTHING = new RuleList(List.of(), Action.TRANSFER);

    /** Freezes the list. */
    public RuleList {
        rules = List.copyOf(rules);
    }
}
