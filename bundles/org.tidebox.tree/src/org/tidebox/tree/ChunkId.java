package org.tidebox.tree;

/** The name of a chunk: the SHA-256 (FIPS 180-4) of its raw bytes. */
public final class ChunkId extends Bytes {
    /** Length of an id in bytes. */
    public static final int LENGTH = 32;

    /**
     * Wraps a copy of the given bytes.
     *
     * @throws IllegalArgumentException if there are not exactly {@link #LENGTH} of them
     */
    public ChunkId(byte[] bytes) {
        super(bytes, LENGTH, "a chunk id");
    }

    /**
     * Reads an id from its hex digits.
     *
     * @throws IllegalArgumentException if the text is not exactly that
     */
    public static ChunkId parse(String hex) {
        return new ChunkId(parseHex(hex, LENGTH, "a chunk id"));
    }
}
