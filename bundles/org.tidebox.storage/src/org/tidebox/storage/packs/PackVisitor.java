package org.tidebox.storage.packs;

import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;

/** Sees what lies in a pack. */
@ConsumerType
public interface PackVisitor {
    /** A whole chunk. */
    void chunk(PackPlace place, EncodedChunk chunk) throws StorageException;

    /**
     * A whole chunk that is kept as its difference to another one; unless overridden it counts as any other.
     *
     * @param base where that one lies, in the same pack
     */
    default void difference(PackPlace place, EncodedChunk chunk, PackPlace base) throws StorageException {
        chunk(place, chunk);
    }

    /** Bytes that are no whole frame. */
    void damaged(long offset, String reason) throws StorageException;
}
