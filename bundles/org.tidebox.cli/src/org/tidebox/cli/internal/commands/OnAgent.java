package org.tidebox.cli.internal.commands;

import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.Home;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Host;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;
import org.tidebox.cli.internal.shell.Visit;

/** A command for the agent of the home. Only these need the agent's classes, which a product that is a server does not have. */
abstract class OnAgent extends TideboxCommand {
    OnAgent(Context context) {
        super(context);
    }

    /** Work for the agent. */
    @FunctionalInterface
    interface AgentWork {
        Outcome with(Agent agent) throws AgentException;
    }

    /** Does some work with the agent that runs; where none does, with one that is started for this. */
    final Outcome agent(AgentWork work) throws CommandFailure, InterruptedException {
        Home home = shell.home(options.home);
        Host<Agent> host = new Host<>(home.root(), Agent.class);
        try (Visit<Agent> visit = host.connectOrStart(() -> shell.product().agent(home.root(), "--transient"))) {
            return work.with(visit.api());
        } catch (AgentException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
