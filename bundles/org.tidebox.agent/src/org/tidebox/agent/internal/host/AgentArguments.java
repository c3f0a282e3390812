package org.tidebox.agent.internal.host;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line of an agent's process.
 *
 * @param home the home that was named, or {@code null}
 * @param ending whether the agent serves single commands only, and ends when there are none
 */
record AgentArguments(String home, boolean ending) {
    private static final String COMMAND = "agent";

    /**
     * Reads {@code agent [--home DIR] [--transient]}, in any order; empty if the process is not meant to be an agent.
     *
     * @throws IllegalArgumentException if it is, but something else is on the line; the message is for a person
     */
    static Optional<AgentArguments> parse(List<String> arguments) {
        String home = null;
        boolean ending = false;
        boolean agent = false;
        String stranger = null;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext();) {
            String word = rest.next();
            if (word.equals("--home") && rest.hasNext()) {
                home = rest.next();
            } else if (word.startsWith("--home=")) {
                home = word.substring("--home=".length());
            } else if (word.equals("--transient")) {
                ending = true;
            } else if (word.equals(COMMAND) && !agent) {
                agent = true;
            } else {
                stranger = word;
            }
        }
        if (agent && stranger != null) {
            throw new IllegalArgumentException(
                    "'" + stranger + "' is not understood; write: tidebox agent [--home DIR]");
        }
        return agent ? Optional.of(new AgentArguments(home, ending)) : Optional.empty();
    }
}
