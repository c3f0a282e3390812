package org.tidebox.rules;

/**
 * What was decided on a candidate.
 *
 * @param action what to do
 * @param rule the number of the rule that decided, from 1; or one of the constants
 * @param reason why, in words for people
 */
public record Decision(Action action, int rule, String reason) {
    /** Stands for the default at the end of the list. */
    public static final int DEFAULT = 0;
    /** Stands for rules that cannot be used: nothing is transferred then. */
    public static final int BROKEN = -1;
    /** Stands for no rule: what was not stored since the last transfer is no candidate. */
    public static final int NO_CANDIDATE = -2;
    /** Stands for no rule: it waits for something else that is held. */
    public static final int WAITS = -3;
}
