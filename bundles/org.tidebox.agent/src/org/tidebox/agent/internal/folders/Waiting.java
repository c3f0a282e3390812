package org.tidebox.agent.internal.folders;

import org.tidebox.agent.AgentException;
import org.tidebox.sync.device.TreeStoreException;

/** Work that waits for something. */
@FunctionalInterface
public interface Waiting<T> {
    /** Does it. */
    T perform() throws TreeStoreException, InterruptedException;

    /** Does work for a caller whom nobody interrupts but the end of the agent. */
    static <T> T uninterrupted(Waiting<T> work) throws AgentException, TreeStoreException {
        try {
            return work.perform();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("The agent is ending; try again", false, e);
        }
    }
}
