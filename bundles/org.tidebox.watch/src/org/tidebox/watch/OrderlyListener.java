package org.tidebox.watch;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a watch's promises to its listener: one call at a time, none after {@link #close()} returned, none after {@link
 * #failed}. A listener that throws is reported in the log and called again for the next event.
 */
public final class OrderlyListener implements WatchListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderlyListener.class);

    private final WatchListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    /** Wraps the listener that a caller gave. */
    public OrderlyListener(WatchListener listener) {
        this.listener = listener;
    }

    @Override
    public void changed(Set<Path> there, Set<Path> gone) {
        call(() -> listener.changed(there, gone));
    }

    @Override
    public void changedIn(Set<Path> folders) {
        call(() -> listener.changedIn(folders));
    }

    @Override
    public void doubt(Path subtree) {
        call(() -> listener.doubt(subtree));
    }

    @Override
    public void failed(WatchException cause) {
        call(() -> {
            closed = true;
            listener.failed(cause);
        });
    }

    /** Returns whether no more calls get through. */
    public boolean isClosed() {
        return closed;
    }

    /** Lets no more calls through, and waits for one that is running in another thread. */
    @Override
    public void close() {
        closed = true;
        lock.lock();
        lock.unlock();
    }

    private void call(Runnable callback) {
        lock.lock();
        try {
            if (!closed) {
                callback.run();
            }
        } catch (RuntimeException e) {
            LOG.error("A listener to file changes failed; a change may have been missed until the next full scan", e);
        } finally {
            lock.unlock();
        }
    }
}
