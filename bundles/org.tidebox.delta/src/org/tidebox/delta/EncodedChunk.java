package org.tidebox.delta;

import java.nio.ByteBuffer;
import org.tidebox.tree.ChunkId;

/**
 * A chunk as it is stored and sent.
 *
 * @param id the SHA-256 of the raw bytes
 * @param encoding how {@code data} holds them
 * @param rawLength the number of raw bytes, 0 to {@link #MAX_LENGTH}
 * @param data the encoded bytes between position and limit; readers use a {@link ByteBuffer#duplicate() duplicate}
 */
public record EncodedChunk(ChunkId id, Encoding encoding, int rawLength, ByteBuffer data) {
    /** No chunk, raw or encoded, is longer than this (bytes). */
    public static final int MAX_LENGTH = 1 << 20;

    /** How the bytes of a chunk are held; the ordinal is the code on disk and wire. */
    public enum Encoding {
        /** As they are. */
        RAW,
        /** As one zstd frame (RFC 8878). */
        ZSTD
    }
}
