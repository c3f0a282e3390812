package org.tidebox.cli.internal.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for something that can only be looked at, such as a file made by another process. */
public final class Until implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Until.class.getName());
    private static final long LOOK_MILLIS = 2;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("until").factory());

    /** A look at the world; an {@link IOException} stands for "not yet". */
    @FunctionalInterface
    public interface Condition {
        /** Looks once. */
        boolean holds() throws Exception;
    }

    /**
     * Waits until the condition holds.
     *
     * @return how long it took
     * @throws CommandFailure if it does not within the given time
     */
    public Duration holds(String what, Duration longest, Condition condition)
            throws CommandFailure, InterruptedException {
        long started = System.nanoTime();
        CompletableFuture<Long> held = new CompletableFuture<>();
        ScheduledFuture<?> look = timer.scheduleWithFixedDelay(() -> look(condition, held), 0, LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            return Duration.ofNanos(held.get(longest.toMillis(), TimeUnit.MILLISECONDS) - started);
        } catch (TimeoutException e) {
            throw new CommandFailure(what + " did not happen within " + longest.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new CommandFailure(what + " could not be seen: " + e.getCause().getMessage(), e.getCause());
        } finally {
            look.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static void look(Condition condition, CompletableFuture<Long> held) {
        try {
            if (condition.holds()) {
                held.complete(System.nanoTime());
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Looked while the file was being replaced; looks again", e);
        } catch (Exception e) {
            held.completeExceptionally(e);
        }
    }
}
