package org.tidebox.cli.internal.commands;

import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidebox agent}: here for the help only, since the start script starts the agent in a process of its own. */
@Command(name = "agent")
public final class AgentCommand extends TideboxCommand {
    @Option(names = "--transient", hidden = true)
    private boolean ending;

    public AgentCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws CommandFailure {
        throw new CommandFailure(
                "The agent is started by the product's start script: run 'tidebox agent' from the client product's folder"
                        + (ending ? " (--transient is for commands that start one themselves)" : ""));
    }
}
