package org.tidebox.storage.chunks;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;

/**
 * Which chunks turned out not to be what was stored, and which contents need them. The chunk index tells a damaged
 * chunk as missing, so whoever has it sends it again, and what is sent takes the place of what is damaged.
 */
@ProviderType
public interface DamageRecord {
    /**
     * Notes chunks as damaged; only those that still lie where they were read.
     *
     * @return how many were not noted before
     */
    int mark(long account, Collection<StoredChunk> chunks, Instant since) throws StorageException;

    /** Takes the note back, of chunks that can be read where they lie. */
    void clear(long account, Collection<StoredChunk> chunks) throws StorageException;

    /** Adds contents that need a damaged or lost chunk, and forgets those that no longer do. */
    void want(long account, Collection<WantedContent> contents) throws StorageException;

    /**
     * Returns the files whose present content needs a chunk that is damaged or lost as of now, by library: what devices
     * are asked to send again.
     */
    Map<LibraryId, List<NodeId>> wanted(long account) throws StorageException;
}
