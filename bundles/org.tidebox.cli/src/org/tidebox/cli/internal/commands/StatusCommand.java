package org.tidebox.cli.internal.commands;

import org.tidebox.agent.AgentStatus;
import org.tidebox.cli.internal.shell.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidebox status}. */
@Command(name = "status")
public final class StatusCommand extends OnAgent {
    @Option(names = "--watch")
    private boolean watch;

    public StatusCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        return session(session -> {
            if (watch) {
                new StatusWatch(shell, options.json).run(session);
            }
            AgentStatus status = session.agent().status();
            return Outcome.done(status, new StatusText(shell).status(status));
        });
    }
}
