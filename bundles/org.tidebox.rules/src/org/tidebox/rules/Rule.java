package org.tidebox.rules;

/**
 * What to do with the candidates that meet a condition.
 *
 * @param condition which candidates
 * @param action what to do with them
 */
public record Rule(Condition condition, Action action) {
}
