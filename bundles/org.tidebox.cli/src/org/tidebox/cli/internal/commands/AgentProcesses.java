package org.tidebox.cli.internal.commands;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.session.AgentStarter;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Launcher;
import org.tidebox.cli.internal.shell.Product;
import org.tidebox.cli.internal.shell.TakenFailure;

/** Agents that live in a process of their own for as long as a command needs them. */
public record AgentProcesses(Product product) implements AgentStarter {
    /** A start takes a second or two; a machine that is busy with other things gets more. */
    private static final Duration START = Duration.ofSeconds(30);
    /** Longer than the end takes; another command may have begun to use the same process, and then it lives on. */
    private static final Duration END = Duration.ofSeconds(5);

    @Override
    public Started start(Home home) throws HomeLockedException, AgentException, InterruptedException {
        try {
            Process process = new Launcher(START).start(product.agent(home.root(), "--transient")).process();
            // Whoever starts one right after the command finds the home free.
            return () -> process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TakenFailure e) {
            throw new HomeLockedException(home.root(), HomeLockedException.UNKNOWN);
        } catch (CommandFailure e) {
            throw new AgentException(e.getMessage(), true, e);
        }
    }
}
