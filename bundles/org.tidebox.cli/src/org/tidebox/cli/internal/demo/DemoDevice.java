package org.tidebox.cli.internal.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentStats;
import org.tidebox.agent.FolderReport;
import org.tidebox.cli.internal.shell.CommandFailure;

/**
 * One of the two devices.
 *
 * @param name how it is called
 * @param files its sync folder
 * @param agent its agent, a process of its own
 */
record DemoDevice(String name, Path files, Agent agent) {
    static final String LIBRARY = "Home";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    FolderReport folder() throws AgentException {
        return agent.listFolders().get(0);
    }

    void add() throws AgentException {
        agent.addFolder(files.toString(), LIBRARY, false);
    }

    void settle() throws AgentException, CommandFailure {
        if (!agent.waitUntilSynced(PATIENCE.toMillis())) {
            throw new CommandFailure("The " + name + " is not up to date after " + PATIENCE.toMinutes()
                    + " minutes; see its log in " + files.resolveSibling(name + "-home"));
        }
    }

    long wire() throws AgentException {
        AgentStats stats = agent.stats();
        return stats.sent() + stats.received();
    }
}
