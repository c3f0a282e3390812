package org.tidebox.server.data;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Between a chunk's append to a pack and its entry in the index nobody can tell it from garbage. Whoever stores chunks
 * does so inside a section, and whoever looks for garbage waits until the sections that have begun are over.
 * Thread-safe.
 */
public final class AppendGate {
    // Fair: somebody who waits is not held up for ever by those who come.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Begins a section, to be closed by the same thread. */
    public Section enter() {
        lock.readLock().lock();
        return lock.readLock()::unlock;
    }

    /** Returns when all sections that had begun are over. */
    public void awaitEntered() {
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    /** The time between append and index. */
    @ConsumerType
    @FunctionalInterface
    public interface Section extends AutoCloseable {
        @Override
        void close();
    }
}
