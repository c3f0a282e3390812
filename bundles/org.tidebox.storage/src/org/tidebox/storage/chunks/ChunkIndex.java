package org.tidebox.storage.chunks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.ChunkId;

/**
 * Which chunks an account has stored, and where. One account never sees another's. A chunk that is known to be damaged
 * counts as not stored.
 */
@ProviderType
public interface ChunkIndex {
    /** Returns those of the chunks that the account has not stored, or that no content has used for a while. */
    Set<ChunkId> missing(long account, Collection<ChunkId> ids) throws StorageException;

    /** Returns what is known of those that the account has stored, in a few queries however many there are. */
    Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) throws StorageException;

    /**
     * The same as {@link #find} for somebody who is about to use the chunks: those found count as used from now on, so
     * that they are not freed before the commit that names them.
     */
    Map<ChunkId, StoredChunk> claim(long account, Collection<ChunkId> ids) throws StorageException;

    /**
     * Adds chunks and raises the account's used bytes by the lengths of the new ones' frames. One that is there already
     * keeps its place and takes the higher level (a chunk can be both a piece of content and a list of entries); one
     * that is damaged gets the new place.
     */
    void add(long account, List<StoredChunk> chunks) throws StorageException;
}
