package org.tidebox.server.data;

import java.util.concurrent.atomic.AtomicLong;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;

/**
 * Room on the disk that uploads leave free, so that a disk that fills up stops them and nothing else: the database can
 * still write its log, which grows by some 40 MiB before it is cut, deletions can be committed, and garbage can be
 * collected. Thread-safe.
 */
public final class DiskReserve {
    private static final long FOR_ALL_ELSE = 64L << 20;
    private static final long FOR_THE_DATABASE = 32L << 20;
    private static final String PACKS = "the packs";
    private static final String METADATA = "the metadata";

    private final AtomicLong coming = new AtomicLong();

    /** Bytes that are about to be written. */
    @ConsumerType
    @FunctionalInterface
    public interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Claims room for what an upload will write now; to be closed when it is written.
     *
     * @throws StoreFullException if only the reserve would be left
     */
    public Claim claim(Stores stores, long bytes) throws StorageException {
        if (stores.packs().room() - coming.addAndGet(bytes) < FOR_ALL_ELSE) {
            coming.addAndGet(-bytes);
            throw new StoreFullException(PACKS, FOR_ALL_ELSE);
        }
        return () -> coming.addAndGet(-bytes);
    }

    /**
     * Returns if there is room for changes of the database that devices ask for.
     *
     * @throws StoreFullException if there is not
     */
    public void checkCommit(Stores stores) throws StorageException {
        if (stores.metadata().room() < FOR_THE_DATABASE) {
            throw new StoreFullException(METADATA, FOR_THE_DATABASE);
        }
    }

    /** Returns whether so many bytes can be copied before what they are copied from goes. */
    public boolean hasRoomForCopies(Stores stores, long bytes) {
        return stores.packs().room() - bytes >= FOR_THE_DATABASE;
    }
}
