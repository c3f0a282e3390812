package org.tidebox.cli.internal.commands;

import org.tidebox.agent.AgentException;
import org.tidebox.cli.internal.text.Words;

/** How the agent's failures read. */
final class AgentText {
    private AgentText() {
    }

    /** Returns the words for what is wrong, or the agent's own where there are none. */
    static String of(AgentException failure) {
        return failure.getProblem() == null ? failure.getMessage() : Words.of(failure.getProblem());
    }
}
