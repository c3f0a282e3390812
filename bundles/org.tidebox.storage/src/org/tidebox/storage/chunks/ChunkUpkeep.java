package org.tidebox.storage.chunks;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;

/**
 * The chunk index from end to end, for those who look after it. A chunk that no content names is first noted as
 * unused: from then on {@link ChunkIndex#missing} tells it as missing, and whoever sends it again claims it. Only what
 * has been unused for long is freed, so that an upload that was told "not missing" has that long for its commit.
 */
@ProviderType
public interface ChunkUpkeep {
    /**
     * Reads on in the order of places.
     *
     * @param after where to go on, {@code null} for the beginning
     */
    List<IndexedChunk> page(long account, PackPlace after, int limit) throws StorageException;

    /** As {@link #page}, of the chunks of one level only. */
    List<IndexedChunk> page(long account, int level, PackPlace after, int limit) throws StorageException;

    /** Returns what is known of chunks, damaged ones included. */
    Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) throws StorageException;

    /** Returns the highest level of an account's chunks. */
    int highestLevel(long account) throws StorageException;

    /** Returns how many chunks an account has. */
    long count(long account) throws StorageException;

    /** Returns what each pack of an account holds, by name. */
    List<PackUse> packs(long account) throws StorageException;

    /** Returns the present state for {@link #free}; to be asked for before marking begins. */
    SweepGuard guard(long account) throws StorageException;

    /** Notes chunks as unused; those that are noted already keep their time. */
    void markUnused(long account, Collection<ChunkId> ids, Instant since) throws StorageException;

    /** Notes chunks as used again. */
    void markUsed(long account, Collection<ChunkId> ids) throws StorageException;

    /**
     * Frees chunks and lowers the account's used bytes, in one transaction that excludes every commit and claim of the
     * account: only those that are still unused since {@code cutoff} or before.
     *
     * @return the bytes of their frames, or nothing if the guard no longer holds and nothing was done
     */
    OptionalLong free(long account, Collection<ChunkId> ids, Instant cutoff, SweepGuard guard)
            throws StorageException;

    /**
     * Changes the places of those chunks that still lie where they were copied from, and the account's used bytes where
     * their frames have other lengths there.
     */
    void move(long account, List<ChunkMove> moves) throws StorageException;

    /** Adds whole chunks or replaces what the index says of them, for a rebuild from packs; used bytes stay. */
    void replace(long account, List<StoredChunk> chunks) throws StorageException;

    /** Raises the levels of chunks to at least what is given; unknown ones are left out. */
    void raise(long account, List<StoredChunk> chunks) throws StorageException;

    /** Returns the sum of the lengths of an account's frames. */
    long sum(long account) throws StorageException;

    /** Sets an account's used bytes to {@link #sum}. */
    void recount(long account) throws StorageException;

    /** Makes an empty index in the place of one that is lost or cannot be read. */
    void recreate() throws StorageException;
}
