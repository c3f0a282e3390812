package org.tidebox.cli.internal.commands;

import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.session.AgentSession;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;

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

    /** Work for the agent, and whatever else it serves. */
    @FunctionalInterface
    interface SessionWork {
        Outcome with(AgentSession session) throws AgentException;
    }

    /** Does some work with the agent that runs; where none does, with one that is started for this. */
    final Outcome agent(AgentWork work) throws CommandFailure, InterruptedException {
        return session(session -> work.with(session.agent()));
    }

    /** Does some work in a session, which goes on where the agent that runs ends meanwhile. */
    final Outcome session(SessionWork work) throws CommandFailure, InterruptedException {
        try (AgentSession session = AgentSession.open(shell.home(options.home), new AgentProcesses(shell.product()))) {
            return work.with(session);
        } catch (AgentException e) {
            throw new CommandFailure(AgentText.of(e), e);
        }
    }
}
