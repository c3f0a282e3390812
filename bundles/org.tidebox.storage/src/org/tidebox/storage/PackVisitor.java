package org.tidebox.storage;

import org.tidebox.delta.EncodedChunk;

/** Sees what lies in a pack. */
public interface PackVisitor {
    /** A whole chunk. */
    void chunk(PackPlace place, EncodedChunk chunk) throws StorageException;

    /** Bytes that are no whole frame. */
    void damaged(long offset, String reason) throws StorageException;
}
