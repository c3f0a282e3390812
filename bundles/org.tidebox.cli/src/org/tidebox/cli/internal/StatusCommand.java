package org.tidebox.cli.internal;

import org.tidebox.agent.AgentStatus;
import picocli.CommandLine.Command;

/** {@code tidebox status}. */
@Command(name = "status", description = "Who is logged in, and how each folder is.")
final class StatusCommand extends OnAgent {
    StatusCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        return agent(agent -> {
            AgentStatus status = agent.status();
            return Outcome.done(status, new StatusText(shell).status(status));
        });
    }
}
