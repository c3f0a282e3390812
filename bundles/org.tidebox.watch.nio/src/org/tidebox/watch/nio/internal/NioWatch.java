package org.tidebox.watch.nio.internal;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.watch.Batch;
import org.tidebox.watch.OrderlyListener;
import org.tidebox.watch.QuietTime;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;

/**
 * One watched tree: a thread that fetches the system's events, keeps the registrations in step and tells the listener.
 */
public final class NioWatch implements Watch, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(NioWatch.class);
    private static final int MOST_AT_ONCE = 100;

    private final Path root;
    private final Object rootKey;
    private final WatchService service;
    private final FolderTree tree;
    private final OrderlyListener listener;
    private final QuietTime quiet = new QuietTime(System::nanoTime);
    private final long rootCheckNanos;
    private final Set<Path> overflown = new HashSet<>();

    /** Takes over a tree whose folders are registered. */
    NioWatch(Path root, Object rootKey, WatchService service, FolderTree tree, OrderlyListener listener,
            long rootCheckNanos) {
        this.root = root;
        this.rootKey = rootKey;
        this.service = service;
        this.tree = tree;
        this.listener = listener;
        this.rootCheckNanos = rootCheckNanos;
    }

    @Override
    public void close() {
        listener.close();
        closeService();
    }

    @Override
    public void run() {
        try {
            while (!listener.isClosed()) {
                fetch();
                deliverIfDue();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("Watching {} ended", root);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new WatchException(WatchException.Reason.IO, root, "Watching " + root + " was interrupted", e));
        } catch (WatchException e) {
            fail(e);
        } catch (IOException | RuntimeException e) {
            fail(Failures.explain(root, e));
        } catch (Error e) {
            fail(new WatchException(WatchException.Reason.IO, root, "Watching " + root + " failed: " + e, e));
        } finally {
            closeService();
        }
    }

    private void fetch() throws IOException, WatchException, InterruptedException {
        WatchKey key = service.poll(Math.min(quiet.nanosUntilDue(), rootCheckNanos), TimeUnit.NANOSECONDS);
        if (key == null) {
            checkRoot();
        } else {
            handle(key);
        }
    }

    /** Of a move between two folders each has one event, and the second may have been waiting for us. */
    private void fetchWhatIsThere() throws IOException, WatchException {
        WatchKey key = service.poll();
        for (int count = 1; key != null; count++) {
            handle(key);
            key = count < MOST_AT_ONCE ? service.poll() : null;
        }
    }

    private void deliverIfDue() throws IOException, WatchException {
        if (quiet.nanosUntilDue() == 0) {
            fetchWhatIsThere();
            // Before the doubt is told, so that nothing is missed between the listener's scan and the registration.
            renewOverflown();
            quiet.takeDue().ifPresent(batch -> batch.deliver(listener));
        }
    }

    /** The system tells when the root was deleted, but not when it was moved away. */
    private void checkRoot() throws WatchException {
        try {
            if (Objects.equals(rootKey, Files.readAttributes(root, BasicFileAttributes.class).fileKey())) {
                return;
            }
        } catch (IOException e) {
            LOG.debug("Looking for {}", root, e);
        }
        throw WatchException.rootGone(root);
    }

    private void handle(WatchKey key) throws IOException, WatchException {
        Folder folder = tree.folder(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder == null) {
                continue;
            }
            if (event.kind() == OVERFLOW) {
                overflown.add(folder.path);
                quiet.doubt(folder.path);
            } else {
                handle(folder, event);
            }
        }
        if (!key.reset()) {
            tree.lost(key);
            if (folder != null && tree.isRoot(folder)) {
                throw WatchException.rootGone(root);
            }
        }
    }

    private void handle(Folder registered, WatchEvent<?> event) throws IOException {
        Path path = registered.resolve((Path) event.context());
        if (tree.isIgnored(path)) {
            return;
        }
        Path parent = path.getParent() == null ? root.getFileSystem().getPath("") : path.getParent();
        Folder folder = tree.find(parent);
        if (event.kind() == ENTRY_DELETE) {
            quiet.gone(path);
            forget(folder, path);
            return;
        }
        quiet.there(path);
        if ((event.kind() == ENTRY_CREATE || isDenied(folder, path)) && tree.isFolder(path)) {
            if (folder != null) {
                tree.adopt(folder, path);
            }
            quiet.doubt(path);
        }
    }

    private void forget(Folder folder, Path path) {
        if (folder != null) {
            tree.forget(folder, path);
        }
    }

    /** A folder that we were not allowed to watch has got another mode, perhaps. */
    private boolean isDenied(Folder folder, Path path) {
        Folder child = folder == null ? null : folder.children.get(path.getFileName().toString());
        return child != null && child.key == null;
    }

    /** Nested ones are left out: a lost queue, which reaches us as one overflow per folder, costs one walk. */
    private void renewOverflown() throws IOException {
        for (Path path : Batch.outermost(overflown)) {
            Folder folder = tree.find(path);
            if (folder != null) {
                tree.renew(folder);
            }
        }
        overflown.clear();
    }

    private void fail(WatchException cause) {
        quiet.takeAll().deliver(listener);
        listener.failed(cause);
    }

    private void closeService() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.warn("Closing the watch of {} failed", root, e);
        }
    }
}
