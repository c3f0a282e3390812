package org.tidebox.storage.packs;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;
import org.tidebox.tree.ChunkId;

/**
 * Append-only, self-describing packs of chunks, in spaces of their own (one per account). Thread-safe; appends to one
 * space are serialised by the store.
 */
@ProviderType
public interface PackStore extends AutoCloseable {
    /**
     * Stores the chunks; when this returns they are durable. On failure none of them counts as stored.
     *
     * @param space letters, digits and hyphens
     * @return where they lie, in the order given
     * @throws StoreFullException if there is no room
     */
    List<PackPlace> append(String space, List<EncodedChunk> chunks) throws StorageException;

    /**
     * Stores the chunks as {@link #append(String, List)} does. Some may be kept as differences to others; whoever reads or
     * scans gets them whole.
     *
     * @param like for some of the chunks, where one lies that is probably like it; a hint, which may be wrong
     */
    default List<PackPlace> append(String space, List<EncodedChunk> chunks, Map<ChunkId, PackPlace> like)
            throws StorageException {
        return append(space, chunks);
    }

    /**
     * Reads one chunk; its bytes are checked against the pack's checksum, not against the id.
     *
     * @throws DamagedPackException if the place holds anything but one intact frame
     * @throws StorageException if the pack is not there or cannot be read now
     */
    EncodedChunk read(String space, PackPlace place) throws StorageException;

    /** Lists the packs of a space, oldest first; only the last may still grow. */
    List<PackInfo> list(String space) throws StorageException;

    /**
     * Visits every whole chunk of a pack in order, from its frames alone, so that an index can be rebuilt; damaged
     * frames are reported.
     */
    void scan(String space, String pack, PackVisitor visitor) throws StorageException;

    /** Lists the spaces that hold packs. */
    List<String> spaces() throws StorageException;

    /** Completes the pack that is appended to, if there is one; the next append begins a new one. */
    void seal(String space) throws StorageException;

    /** Deletes a pack; one that is not there counts as deleted. */
    void delete(String space, String pack) throws StorageException;

    /** Returns how many bytes may still be appended, {@link Long#MAX_VALUE} if that is not known. */
    default long room() {
        return Long.MAX_VALUE;
    }

    @Override
    void close();
}
