package org.tidebox.sync.rules;

import org.tidebox.rules.Action;
import org.tidebox.rules.Direction;

/**
 * An entry that the rules hold back.
 *
 * @param path where it lies on the side that has it, with slashes
 * @param direction which way it would go
 * @param folder whether it is a folder
 * @param size of its content, in bytes
 * @param action {@link Action#HOLD}, or {@link Action#ASK} where the person has not answered yet
 * @param rule the number of the rule, as in {@link org.tidebox.rules.Decision}
 * @param reason why, in words for people
 */
public record Held(String path, Direction direction, boolean folder, long size, Action action, int rule,
        String reason) {
}
