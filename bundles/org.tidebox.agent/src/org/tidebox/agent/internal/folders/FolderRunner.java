package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.internal.folders.Agenda.Items;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.AskedBatch;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Pulse;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;

/**
 * Runs one sync folder's engine on a thread of its own: at first over everything, then wherever the agenda says, over everything again
 * twice an hour, and after a failure less and less often until it works. Whatever ends or stops that work is told and, if it can be, tried
 * again: an error of the virtual machine like any other failure.
 */
public final class FolderRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderRunner.class);
    private static final Duration FULL_SCAN = Duration.ofMinutes(30);
    /** However overdue a retry is, a folder with a lasting problem must not keep the processor busy. */
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
    /** A disk that is mounted again, or a folder that is put back, is not seen by any watcher. */
    private static final Duration LOOK_AT_VALVE = Duration.ofSeconds(5);
    private static final long NEVER = Long.MAX_VALUE;
    /** So often it is tried within some ten seconds; with the patience of the way to the server, within minutes. */
    private static final int MANY_FAILURES = 4;
    private static final Duration END = Duration.ofSeconds(30);

    private final FolderEngine engine;
    private final Agenda agenda;
    private final Consumer<AskedBatch> asked;
    private final Backoff backoff;
    private final String name;
    private volatile Thread thread;
    private final List<Waiter> waiters = new ArrayList<>();
    private long fullScanAt;
    private long retryAt = NEVER;
    private boolean wanted;
    private boolean toldStill;
    private int failures;
    private volatile long rounds;
    private volatile boolean closing;
    private volatile boolean working;
    private volatile RemoteException remoteFailure;
    private volatile String failure;

    /**
     * Somebody who waits for the end of a round.
     *
     * @param ticket the round took this from the agenda
     * @param round the number of the round, at least
     * @param synced whether it waits until both sides are the same, too
     * @param promise is kept then
     */
    private record Waiter(long ticket, long round, boolean synced, CompletableFuture<Boolean> promise) {
    }

    /**
     * Prepares to run.
     *
     * @param asked hears after each round what to ask the person
     */
    public FolderRunner(String name, FolderEngine engine, Agenda agenda, Consumer<AskedBatch> asked,
            RandomGenerator random) {
        this.engine = engine;
        this.agenda = agenda;
        this.asked = asked;
        this.backoff = new Backoff(random);
        this.name = "sync " + name;
        this.thread = newThread();
    }

    private Thread newThread() {
        return Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
    }

    public void start() {
        thread.start();
    }

    /** Looks whether the work gets on, tells once where it does not, and begins anew where its thread has ended. */
    synchronized void guard() {
        if (!closing && !thread.isAlive()) {
            failure = "Its work has ended by an error that the log tells of; it is begun anew";
            LOG.error("{}: the thread has ended; it is begun anew", name);
            agenda.everything();
            thread = newThread();
            thread.start();
        }
        Optional<String> still = standsStill();
        if (still.isPresent() && !toldStill) {
            LOG.warn("{}: {}", name, still.get());
        }
        toldStill = still.isPresent();
    }

    /**
     * Returns a promise: true once everything was looked at and both sides are the same; false once that needs a person, or the runner
     * ended. What failed before is tried again at once, and as long as that may help the promise is not kept. The caller may cancel it.
     */
    CompletableFuture<Boolean> synced() {
        engine.retryNow();
        return await(promise -> new Waiter(agenda.everything(), 0, true, promise));
    }

    /**
     * Returns a promise: true once some places and the server were looked at and all was done that can be done now, whatever fails
     * elsewhere; false once a person is needed for any work at all, the work has failed again and again, or the runner ended.
     *
     * @param places relative to the sync folder; none if nothing has changed here
     */
    CompletableFuture<Boolean> rested(Collection<Path> places) {
        engine.retryNow();
        return await(promise -> new Waiter(agenda.look(places), 0, false, promise));
    }

    /** Returns a promise as {@link #rested} does, for the next round that has a reason of its own to begin. */
    CompletableFuture<Boolean> nextRest() {
        return await(promise -> new Waiter(0, rounds + 1, false, promise));
    }

    private CompletableFuture<Boolean> await(Function<CompletableFuture<Boolean>, Waiter> waiter) {
        CompletableFuture<Boolean> promise = new CompletableFuture<>();
        synchronized (waiters) {
            waiters.add(waiter.apply(promise));
        }
        if (!thread.isAlive()) {
            promise.complete(false);
        }
        return promise;
    }

    /** Returns how the server failed in the last round, or {@code null} if it did not. */
    RemoteException remoteFailure() {
        return remoteFailure;
    }

    /** Returns what else goes wrong: in the rounds since the last one that worked, or in the present one; or {@code null}. */
    String failure() {
        return failure != null ? failure : standsStill().orElse(null);
    }

    private Optional<String> standsStill() {
        Pulse pulse = engine.pulse();
        return working && pulse.isStill()
                ? Optional.of(
                        "It has not got on for " + pulse.still().toSeconds() + " s. What it waits for, such as a disk"
                                + " or network drive, may not answer; once it does, it goes on by itself")
                : Optional.empty();
    }

    @Override
    public void close() {
        closing = true;
        agenda.close();
        engine.close();
        asked.accept(AskedBatch.NONE);
        try {
            if (!thread.join(END)) {
                LOG.warn("The run of '{}' did not end within {} s", name, END.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        fullScanAt = System.nanoTime() + FULL_SCAN.toNanos();
        try {
            for (Items items = agenda.take(untilNext()); !items.closed(); items = agenda.take(untilNext())) {
                if (items.scope().isEmpty() && System.nanoTime() - fullScanAt >= 0) {
                    agenda.everything();
                } else {
                    round(items);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answer(false, waiter -> true);
        }
    }

    private void round(Items items) throws InterruptedException {
        // After a failure it is not known what was missed, so the server is asked.
        HeadNews news = remoteFailure != null || failure != null ? HeadNews.UNKNOWN : items.news();
        retryAt = NEVER;
        rounds++;
        wanted |= items.wanted();
        working = true;
        try {
            SyncReport report = engine.run(items.scope(), news);
            if (wanted && !report.stopped()) {
                engine.sendWanted();
                wanted = false;
            }
            succeeded(items, report);
        } catch (RemoteException e) {
            remoteFailed(items, e);
        } catch (IOException | TreeStoreException | RuntimeException e) {
            failed(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            failed("There was not enough memory for it; other folders and programs may need less soon", e);
        } catch (Error e) {
            failed("An error of the program: " + e, e);
        } finally {
            working = false;
        }
    }

    private void failed(String reason, Throwable cause) throws InterruptedException {
        working = false;
        boolean isNew = !reason.equals(failure);
        failure = reason;
        if (isNew) {
            LOG.error("{}: a round failed and is tried again: {}", name, reason, cause);
        }
        failedAgain();
        agenda.rest(backoff.failed());
        agenda.everything();
    }

    private void succeeded(Items items, SyncReport report) {
        remoteFailure = null;
        failure = null;
        asked.accept(report.asked());
        if (items.scope().equals(ScanScope.EVERYTHING)) {
            fullScanAt = System.nanoTime() + FULL_SCAN.toNanos();
        }
        failures = 0;
        if (report.stopped()) {
            answer(false, waiter -> isFor(waiter, items));
            retryIn(LOOK_AT_VALVE);
            return;
        }
        Optional<Duration> failed = engine.retryIn();
        answer(true, waiter -> isFor(waiter, items) && !waiter.synced());
        if (engine.failing().stream().anyMatch(problem -> !problem.retried())) {
            answer(false, waiter -> isFor(waiter, items));
        }
        if (report.quiet()) {
            backoff.worked();
            if (failed.isEmpty()) {
                answer(true, waiter -> isFor(waiter, items));
            }
            failed.ifPresent(this::retryIn);
        } else {
            retryIn(failed.orElseGet(backoff::failed));
        }
    }

    private void remoteFailed(Items items, RemoteException e) {
        if (remoteFailure == null) {
            LOG.warn("{}: {}", name, e.getMessage());
        }
        remoteFailure = e;
        if (e.isPermanent()) {
            answer(false, waiter -> isFor(waiter, items));
        }
        failedAgain();
        retryIn(backoff.failed());
    }

    /** Who waits until both sides are the same waits on; who waits for some places has to know that nothing works now. */
    private void failedAgain() {
        failures++;
        if (failures >= MANY_FAILURES) {
            answer(false, waiter -> !waiter.synced());
        }
    }

    private boolean isFor(Waiter waiter, Items items) {
        return waiter.ticket() <= items.ticket() && waiter.round() <= rounds;
    }

    private void retryIn(Duration time) {
        retryAt = System.nanoTime() + Math.max(LEAST_PAUSE.toNanos(), time.toNanos());
    }

    private Duration untilNext() {
        long now = System.nanoTime();
        long next = retryAt == NEVER ? fullScanAt - now : Math.min(retryAt - now, fullScanAt - now);
        return Duration.ofNanos(Math.max(0, next));
    }

    private void answer(boolean kept, Predicate<Waiter> whom) {
        List<Waiter> answered;
        synchronized (waiters) {
            answered = waiters.stream().filter(whom).toList();
            waiters.removeAll(answered);
        }
        answered.forEach(waiter -> waiter.promise().complete(kept));
    }
}
