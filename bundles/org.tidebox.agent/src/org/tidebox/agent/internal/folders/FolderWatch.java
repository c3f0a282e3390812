package org.tidebox.agent.internal.folders;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.sync.SyncFolder;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchListener;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.WatcherRegistry;

/**
 * Watches one sync folder and writes what it hears into the agenda. Takes another watcher when the one in use is swapped, or has no room;
 * after each change of watcher everything is looked at, since something may have happened in between. Has a thread of its own, so that a
 * watcher which is to go is let go of at once, whatever the runner does.
 */
public final class FolderWatch implements AutoCloseable, WatchListener {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration RETRY = Duration.ofSeconds(30);
    /** Nobody tells when the root is moved, or something in it is mounted or unmounted. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** So long somebody waits for a disk that may not answer. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Path root;
    private final WatcherRegistry registry;
    private final Agenda agenda;
    private final Supplier<String> seen;
    private final ScheduledExecutorService thread;
    private final Runnable onChange = () -> submit(this::reopen, Duration.ZERO);
    private volatile String provider;
    private volatile String notice;
    private String ground = "";
    private Lease<Watcher> lease;
    private Watch watch;

    /**
     * Prepares to watch.
     *
     * @param seen tells what the last run stood on, or an empty text: a disk that came and went between two looks may have been met by it
     */
    public FolderWatch(Path root, WatcherRegistry registry, Agenda agenda, Supplier<String> seen) {
        this.root = root;
        this.registry = registry;
        this.agenda = agenda;
        this.seen = seen;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("watch " + root.getFileName()).factory());
    }

    /** Begins; the agenda asks for a look at everything once the watch stands, or has turned out to be impossible. */
    public void start() {
        registry.onChange(onChange);
        submit(this::reopen, Duration.ZERO);
        thread.scheduleWithFixedDelay(this::lookAgain, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks at once whether the root is still there, and all that is mounted in it; returns whether something is not as before. */
    boolean isMovedOrMounted() {
        try {
            return thread.submit(this::lookAround).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("Nobody can tell whether {} is still there", root, e);
            return false;
        }
    }

    private void lookAgain() {
        try {
            lookAround();
        } catch (RuntimeException e) {
            // What ends here would never be called again.
            LOG.error("Nobody can tell whether {} is still there", root, e);
        }
    }

    private boolean lookAround() {
        String now = SyncFolder.ground(root);
        if (!now.equals(ground)) {
            LOG.info("{} was moved, or something in it was mounted or unmounted", root);
            reopen();
            return true;
        }
        String before = seen.get();
        boolean isUnseen = !before.isEmpty() && !before.equals(now);
        if (isUnseen) {
            agenda.everything();
        }
        return isUnseen;
    }

    /** Returns the provider that watches, or {@code null} while none does. */
    String provider() {
        return provider;
    }

    /** Returns why another provider than the preferred one watches, or none; {@code null} if all is well. */
    String notice() {
        return notice;
    }

    @Override
    public void changed(Set<Path> there, Set<Path> gone) {
        agenda.changed(there, gone);
    }

    @Override
    public void changedIn(Set<Path> folders) {
        agenda.changedIn(folders);
    }

    @Override
    public void doubt(Path subtree) {
        agenda.doubt(subtree);
    }

    @Override
    public void failed(WatchException cause) {
        LOG.warn("Watching {} ended: {}", root, cause.getMessage());
        submit(this::reopen, Duration.ZERO);
    }

    /** Ends; no more is heard once this returned. */
    @Override
    public void close() {
        registry.removeListener(onChange);
        try {
            thread.submit(this::letGo).get(RETRY.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.warn("The watch of {} did not end as it should", root, e);
        }
        thread.shutdownNow();
    }

    private void submit(Runnable task, Duration delay) {
        try {
            thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The watch of {} is closed already", root, e);
        }
    }

    private void reopen() {
        letGo();
        notice = null;
        ground = SyncFolder.ground(root);
        try {
            Lease<Watcher> preferred = registry.acquire();
            if (!open(preferred)) {
                registry.acquireOther(preferred.provider()).ifPresent(this::open);
            }
        } catch (NoProviderException e) {
            unwatched(e.getMessage());
        } catch (RuntimeException | Error e) {
            // What ends here would end without a word, and nothing would be tried again.
            LOG.error("Watching {} failed", root, e);
            unwatched(e.toString());
        }
        if (provider == null) {
            submit(this::tryAgain, RETRY);
        }
        agenda.everything();
    }

    private void unwatched(String reason) {
        notice = reason;
        LOG.warn("{} is not watched: {}", root, reason);
    }

    private void tryAgain() {
        if (provider == null) {
            reopen();
        }
    }

    private boolean open(Lease<Watcher> candidate) {
        try {
            watch = candidate.get().watch(root, FolderWatch::isOwn, this);
            lease = candidate;
            provider = candidate.provider();
            LOG.info("{} is watched by '{}'", root, provider);
            return true;
        } catch (WatchException e) {
            notice = e.getMessage();
            LOG.warn("'{}' cannot watch {}: {}", candidate.provider(), root, e.getMessage());
            candidate.close();
            return false;
        }
    }

    private void letGo() {
        provider = null;
        Optional.ofNullable(watch).ifPresent(Watch::close);
        Optional.ofNullable(lease).ifPresent(Lease::close);
        watch = null;
        lease = null;
    }

    private static boolean isOwn(Path folder) {
        return folder.startsWith(SyncFolder.MARKER_FOLDER);
    }
}
