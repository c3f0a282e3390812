package org.tidebox.cli.internal.commands;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Bar;
import org.tidebox.cli.internal.text.Units;

/** Shows on a terminal how far a restore has come, in one line that is written over again and again. */
final class RestoreWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 300;
    private static final int WIDTH = 24;

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
        if (progress.filesTotal() == 0 && progress.bytesTotal() == 0) {
            return progress.phase() + " …";
        }
        boolean bytes = progress.bytesTotal() > 0;
        long done = bytes ? progress.bytes() : progress.files();
        long total = bytes ? progress.bytesTotal() : progress.filesTotal();
        return Bar.of(done, total, WIDTH) + Bar.percent(done, total) + "  " + progress.phase() + " "
                + Units.count(progress.files()) + " of " + Units.count(progress.filesTotal())
                + (bytes ? " files, " + Units.bytes(done) + " of " + Units.bytes(total) : "");
    }

    private void show() {
        try {
            while (!end.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                RestoreProgress progress = agent.restoring();
                if (progress.phase() != null) {
                    shell.err().over(line(progress));
                }
            }
        } catch (AgentException | RuntimeException e) {
            // The restore itself tells what is wrong with the agent.
            end.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shell.err().over("");
    }
}
