package org.tidebox.server.upkeep;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.tidebox.server.data.ServerData;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.LibraryId;

/** Looks after the data of a server, which goes on serving; one piece of work at a time. Thread-safe. */
public final class Upkeep {
    /** So long an upload may take from the first chunk to its commit, if the operator says nothing else. */
    public static final Duration LEASE = Duration.ofHours(48);
    private final Storage storage;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** Looks after the given data. */
    public Upkeep(ServerData data, InstantSource clock) {
        this.storage = new Storage(data);
        this.clock = clock;
    }

    /** Returns how much of the past a library keeps. */
    public Retention retention(LibraryId library) throws StorageException {
        return storage.journal(journal -> journal.retention(library));
    }

    /** Changes how much of the past a library keeps, from the next collection of garbage on. */
    public void setRetention(LibraryId library, Retention retention) throws StorageException {
        storage.journal(journal -> {
            journal.setRetention(library, retention);
            return null;
        });
    }

    /**
     * Applies retention, frees chunks that nothing has named for as long as the lease, and gives their room back to the
     * disk.
     *
     * @throws StorageException also if other upkeep is going on
     */
    public GcReport gc(Duration lease) throws StorageException {
        return alone(() -> new Collector(storage, clock).run(lease));
    }

    /**
     * Reads every chunk again and compares its hash; what is damaged counts as missing until a device sends it again.
     */
    public ScrubReport scrub() throws StorageException {
        return alone(() -> new Scrubber(storage, clock).run());
    }

    /** Checks journals, trees, contents and index; makes the index anew from the packs before, if wanted. */
    public CheckReport check(boolean rebuild) throws StorageException {
        return alone(() -> {
            long rebuilt = rebuild ? new Rebuilder(storage, clock).run() : 0;
            return new Checker(storage, clock).run(rebuilt);
        });
    }

    private <R> R alone(Work<R> work) throws StorageException {
        if (!lock.tryLock()) {
            throw new StorageException("Another gc, scrub or check is going on; wait until it is done, then try again",
                    false, null);
        }
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** What nobody else may do beside it. */
    @FunctionalInterface
    private interface Work<R> {
        R run() throws StorageException;
    }
}
