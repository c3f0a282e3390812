package org.tidebox.agent.internal.host;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tidebox.control.ControlServer;

/** The life of an agent that a command started: it ends soon after the last command has let go, or if none comes. */
final class TransientLife implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofMillis(300);

    private final ControlServer control;
    private final Runnable end;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("transient-life").factory());

    TransientLife(ControlServer control, Runnable end) {
        this.control = control;
        this.end = end;
    }

    /** Begins to count; without this it lives on. */
    void begin() {
        control.onIdle(() -> check(GRACE));
        check(FIRST);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void check(Duration delay) {
        try {
            timer.schedule(this::endIfIdle, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It is ending already.
            return;
        }
    }

    private void endIfIdle() {
        if (control.callerCount() == 0) {
            end.run();
        }
    }
}
