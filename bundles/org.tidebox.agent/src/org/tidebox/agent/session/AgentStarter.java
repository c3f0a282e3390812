package org.tidebox.agent.session;

import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLockedException;

/** Makes an agent own a home that nobody owns: in this process, or in another one. */
@ConsumerType
public interface AgentStarter {
    /**
     * Starts an agent, which serves the control socket of the home when this returns.
     *
     * @return lets go of it, where its life depends on who started it
     * @throws HomeLockedException if somebody else owns the home by now
     * @throws AgentException if it cannot be started; the message says why
     */
    Started start(Home home) throws HomeLockedException, AgentException, InterruptedException;

    /** An agent that was started. */
    @FunctionalInterface
    interface Started extends AutoCloseable {
        /** Lets go of it; returns when the home is free, if nobody else uses it. */
        @Override
        void close() throws InterruptedException;
    }
}
