package org.tidebox.watch.polling.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.watch.Batch;
import org.tidebox.watch.EntryChanges;
import org.tidebox.watch.OrderlyListener;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchListener;

/** One watched tree: a thread that looks at it again and again. */
public final class PollingWatch implements Watch, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PollingWatch.class);
    /** Looking may take one part of so many of the time. */
    private static final int SHARE = 20;
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Path root;
    private final FolderReader reader;
    private final long intervalNanos;
    private final OrderlyListener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object rootKey;
    private Map<Path, FolderState> states;
    private long pauseNanos;

    private PollingWatch(Path root, FolderReader reader, Duration interval, OrderlyListener listener, Object rootKey) {
        this.root = root;
        this.reader = reader;
        this.intervalNanos = interval.toNanos();
        this.listener = listener;
        this.rootKey = rootKey;
        this.states = look();
    }

    /**
     * Takes the first look and starts the thread.
     *
     * @throws WatchException if there is no folder at the root
     * @throws IOException if it cannot be read
     */
    public static Watch begin(Path root, FolderReader reader, Duration interval, WatchListener listener)
            throws WatchException, IOException {
        if (!Files.isDirectory(root)) {
            throw WatchException.rootGone(root);
        }
        PollingWatch watch = new PollingWatch(root, reader, interval, new OrderlyListener(listener), reader.rootKey());
        Thread.ofPlatform().daemon().name("tidebox-polling " + root.getFileName()).start(watch);
        return watch;
    }

    @Override
    public void close() {
        closed.countDown();
        listener.close();
    }

    @Override
    public void run() {
        try {
            while (!closed.await(pauseNanos, TimeUnit.NANOSECONDS)) {
                checkRoot();
                compare(look()).deliver(listener);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.failed(new WatchException(WatchException.Reason.IO, root, "Watching " + root + " was interrupted",
                    e));
        } catch (WatchException e) {
            listener.failed(e);
        } catch (RuntimeException | Error e) {
            listener.failed(new WatchException(WatchException.Reason.IO, root, "Watching " + root + " failed: " + e,
                    e));
        }
    }

    private void checkRoot() throws WatchException {
        try {
            if (Objects.equals(rootKey, reader.rootKey())) {
                return;
            }
        } catch (IOException e) {
            LOG.debug("Looking for {}", root, e);
        }
        throw WatchException.rootGone(root);
    }

    private Map<Path, FolderState> look() {
        long begin = System.nanoTime();
        Map<Path, FolderState> seen = reader.read();
        long took = System.nanoTime() - begin;
        pauseNanos = Math.max(intervalNanos, Math.min(SHARE * took, LONGEST_PAUSE_NANOS));
        return seen;
    }

    /** A removed folder needs no word of its own: its parent's entries changed. */
    private Batch compare(Map<Path, FolderState> now) {
        EntryChanges changed = new EntryChanges();
        Set<Path> added = new HashSet<>();
        now.forEach((folder, state) -> {
            FolderState before = states.get(folder);
            if (before == null) {
                added.add(folder);
            } else if (before.changed(state)) {
                changed.folder(folder);
            }
        });
        states = now;
        return Batch.of(changed, added);
    }
}
