package org.tidebox.delta;

import org.tidebox.tree.ChunkId;

/**
 * The bytes at hand are not the chunk that they claim to be. Reading the same bytes again does not help; another
 * copy may.
 */
public final class CorruptChunkException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ChunkId id;

    /** Says of which chunk what was expected and found. */
    public CorruptChunkException(ChunkId id, String found) {
        super("Chunk " + id + " is damaged: " + found);
        this.id = id;
    }

    /** Returns the id of the chunk that was asked for. */
    public ChunkId getId() {
        return id;
    }

    /** Returns whether trying again is pointless: always. */
    public boolean isPermanent() {
        return true;
    }
}
