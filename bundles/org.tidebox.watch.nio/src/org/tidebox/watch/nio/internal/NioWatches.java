package org.tidebox.watch.nio.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.tidebox.watch.OrderlyListener;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchListener;
import org.tidebox.watch.nio.Registration;

/** Begins watches, by the best registration that the file system supports. */
public final class NioWatches {
    private final List<Registration> candidates;
    private final Duration rootCheck;

    /** Takes the registrations to try, best first. */
    public NioWatches(List<Registration> candidates, Duration rootCheck) {
        this.candidates = candidates;
        this.rootCheck = rootCheck;
    }

    /** Registers the tree and starts the thread that listens. */
    public Watch watch(Path root, Predicate<Path> ignored, WatchListener listener) throws WatchException {
        if (!Files.isDirectory(root)) {
            throw WatchException.rootGone(root);
        }
        for (Registration registration : candidates) {
            try {
                return begin(root, ignored, listener, registration);
            } catch (UnsupportedOperationException e) {
                // This is how a file system says that it lacks a modifier, or any notification at all.
                continue;
            } catch (IOException e) {
                throw Failures.explain(root, e);
            }
        }
        throw new WatchException(WatchException.Reason.LIMIT_REACHED, root,
                "The file system of " + root + " has no change notifications; use the watcher 'polling'", null);
    }

    private Watch begin(Path root, Predicate<Path> ignored, WatchListener listener, Registration registration)
            throws IOException {
        Path real = root.toRealPath();
        Object rootKey = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
        WatchService service = root.getFileSystem().newWatchService();
        FolderTree tree = new FolderTree(real, ignored, service, registration);
        try {
            tree.registerAll();
        } catch (IOException | RuntimeException e) {
            service.close();
            throw e;
        }
        NioWatch watch = new NioWatch(root, rootKey, service, tree, new OrderlyListener(listener), rootCheck.toNanos());
        Thread.ofPlatform().daemon().name("tidebox-watch " + root.getFileName()).start(watch);
        return watch;
    }
}
