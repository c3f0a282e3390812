package org.tidebox.cli.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.cli.internal.text.Bar;
import org.tidebox.cli.internal.text.Units;

/** Shows on a terminal how far a restore has come, in one line that is written over again and again. */
final class RestoreWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 300;
    private static final int WIDTH = 24;
    private static final String CLEAR = "\r\u001b[K";

    private final Shell shell;
    private final Agent agent;
    private final CountDownLatch end = new CountDownLatch(1);
    private Thread thread;

    RestoreWatch(Shell shell, Agent agent) {
        this.shell = shell;
        this.agent = agent;
    }

    /** Begins to show, if a person looks. */
    void start() {
        if (shell.interactive().getAsBoolean()) {
            thread = Thread.ofVirtual().start(this::show);
        }
    }

    @Override
    public void close() {
        end.countDown();
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    static String line(RestoreProgress progress) {
        return progress.total() == 0
                ? progress.phase() + " …"
                : Bar.of(progress.done(), progress.total(), WIDTH) + Bar.percent(progress.done(), progress.total())
                        + "  " + Units.bytes(progress.done()) + " of " + Units.bytes(progress.total());
    }

    private void show() {
        try {
            while (!end.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                RestoreProgress progress = agent.restoring();
                if (progress.phase() != null) {
                    shell.err().print(CLEAR + line(progress));
                    shell.err().flush();
                }
            }
        } catch (AgentException | RuntimeException e) {
            // The restore itself tells what is wrong with the agent.
            end.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shell.err().print(CLEAR);
        shell.err().flush();
    }
}
