package org.tidebox.agent.internal.rules;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees when the owner of a device changes what is ignored in all its folders. Only the home itself is watched, not what is in its folders. */
final class IgnoreWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IgnoreWatch.class);

    private final WatchService service;

    private IgnoreWatch(WatchService service) {
        this.service = service;
    }

    /**
     * Begins to watch.
     *
     * @param file the file, which need not exist
     * @param changed hears of its changes, on a thread of its own
     */
    static IgnoreWatch begin(Path file, Runnable changed) {
        WatchService service = null;
        try {
            service = file.getFileSystem().newWatchService();
            file.getParent().register(service, StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
            IgnoreWatch watch = new IgnoreWatch(service);
            Thread.ofPlatform().daemon().name("ignore file").start(() -> watch.run(file, changed));
            return watch;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("Changes of {} are not seen before the agent starts again: {}", file, e.getMessage());
            return new IgnoreWatch(service);
        }
    }

    private void run(Path file, Runnable changed) {
        try {
            while (true) {
                WatchKey key = service.take();
                boolean concerns = key.pollEvents().stream()
                        .anyMatch(event -> event.context() == null || event.context().equals(file.getFileName()));
                if (concerns) {
                    tell(changed);
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("Changes of {} are watched no more", file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Runnable changed) {
        try {
            changed.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A change of what is ignored does not count before the next one", e);
        }
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            LOG.warn("A watch could not be ended: {}", e.getMessage());
        }
    }
}
