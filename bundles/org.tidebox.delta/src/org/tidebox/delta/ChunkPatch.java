package org.tidebox.delta;

import java.nio.ByteBuffer;
import java.util.List;
import org.tidebox.tree.ChunkId;

/**
 * A chunk told as its difference to others, the bases, which the receiver has.
 *
 * @param id the SHA-256 of the raw bytes
 * @param bases 1 to {@link #MAX_BASES}, in the order that {@code data} counts on
 * @param kind how {@code data} holds the difference
 * @param rawLength the number of raw bytes, 1 to {@link EncodedChunk#MAX_LENGTH}
 * @param data the difference between position and limit; readers use a {@link ByteBuffer#duplicate() duplicate}
 */
public record ChunkPatch(ChunkId id, List<ChunkId> bases, Kind kind, int rawLength, ByteBuffer data) {
    /** No patch has more bases than this: a chunk that lies across the cuts of the old content touches a few. */
    public static final int MAX_BASES = 4;

    /** How a difference is told; the ordinal is the code on the wire. */
    public enum Kind {
        /** By {@linkplain BlockSignature blocks} to copy and bytes to insert: made without having the bases. */
        BLOCKS,
        /** As one zstd frame with the bases as its dictionary: made with the bases at hand. */
        DICTIONARY
    }

    /** Freezes the list. */
    public ChunkPatch {
        bases = List.copyOf(bases);
    }
}
