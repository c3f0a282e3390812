package org.tidebox.delta;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.delta.internal.RollingHash;

/**
 * What one side tells of a chunk, so that the other can say in which blocks another chunk differs from it, without
 * having it (the rsync algorithm; Tridgell and Mackerras, 1996): two hashes of each whole block of {@link #BLOCK}
 * bytes. What is left at the end has none. Hashes this short may meet by chance or by malice; nothing depends on them,
 * since whoever applies a difference compares the SHA-256 of the whole.
 *
 * @param blocks in order
 */
public record BlockSignature(List<Block> blocks) {
    /** The length of a block in bytes. */
    public static final int BLOCK = 512;
    /** The length of an encoded block in bytes. */
    private static final int WIDTH = 8;
    /** No signature is longer than this (bytes). */
    public static final int MAX_LENGTH = EncodedChunk.MAX_LENGTH / BLOCK * WIDTH;

    /**
     * One block.
     *
     * @param weak a hash that can roll
     * @param strong the first four bytes of its SHA-256
     */
    public record Block(int weak, int strong) {
    }

    /** Freezes the list. */
    public BlockSignature {
        blocks = List.copyOf(blocks);
    }

    /** Makes the signature of the bytes between position and limit; the buffer stays as it is. */
    public static BlockSignature of(ByteBuffer raw) {
        List<Block> blocks = new ArrayList<>(raw.remaining() / BLOCK);
        for (int at = raw.position(); at + BLOCK <= raw.limit(); at += BLOCK) {
            ByteBuffer block = raw.slice(at, BLOCK);
            blocks.add(new Block(RollingHash.of(block), strong(block)));
        }
        return new BlockSignature(blocks);
    }

    /** Returns it as bytes: for each block the weak and the strong hash, big endian. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(blocks.size() * WIDTH);
        blocks.forEach(block -> out.putInt(block.weak).putInt(block.strong));
        return out.array();
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws IllegalArgumentException if the bytes cannot be a signature
     */
    public static BlockSignature decode(byte[] bytes) {
        if (bytes.length % WIDTH != 0 || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a signature has a multiple of " + WIDTH + " bytes, at most "
                    + MAX_LENGTH + "; got " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Block> blocks = new ArrayList<>(bytes.length / WIDTH);
        while (in.hasRemaining()) {
            blocks.add(new Block(in.getInt(), in.getInt()));
        }
        return new BlockSignature(blocks);
    }

    static int strong(ByteBuffer block) {
        return ByteBuffer.wrap(ChunkCodec.idOf(block).toBytes()).getInt();
    }
}
