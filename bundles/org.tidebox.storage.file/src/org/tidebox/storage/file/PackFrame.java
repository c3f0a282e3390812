package org.tidebox.storage.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.tree.ChunkId;

/**
 * What the bytes at one offset of a pack are.
 *
 * @param chunk the chunk, if the frame is intact, else {@code null}; shares memory with what was parsed
 * @param length how many bytes the frame takes if its head is intact, else 0
 * @param isDifference whether the chunk's data say how it differs from another one of the pack
 * @param reason what is wrong with it, or {@code null}
 */
record PackFrame(EncodedChunk chunk, int length, boolean isDifference, String reason) {
    private static final int DIFFERENCE = Encoding.values().length;
    private static final int DATA_CRC_AT = 48;
    private static final int HEAD_CRC_AT = 52;

    /** Returns the head of the frame that will lie at the offset. */
    static ByteBuffer head(EncodedChunk chunk, long offset) {
        return head(chunk, chunk.encoding().ordinal(), offset);
    }

    /** Returns the head of a frame whose data are a difference. */
    static ByteBuffer differenceHead(EncodedChunk chunk, long offset) {
        return head(chunk, DIFFERENCE, offset);
    }

    private static ByteBuffer head(EncodedChunk chunk, int encoding, long offset) {
        ByteBuffer head = ByteBuffer.allocate(PackFormat.FRAME_OVERHEAD).putInt(PackFormat.FRAME_MAGIC)
                .putInt(encoding << 24).put(chunk.id().toBytes()).putInt(chunk.rawLength())
                .putInt(chunk.data().remaining()).putInt(PackFormat.crc(chunk.data().duplicate()));
        return head.putInt(headCrc(head, offset)).flip();
    }

    /**
     * Reads a frame.
     *
     * @param bytes from the frame's first byte on; shorter than the frame if the pack ends there
     * @param offset where in the pack they come from
     */
    static PackFrame parse(ByteBuffer bytes, long offset) {
        if (bytes.remaining() < PackFormat.FRAME_OVERHEAD) {
            return broken(0, "the pack ends inside the head of a frame");
        }
        ByteBuffer in = bytes.slice();
        if (in.getInt(0) != PackFormat.FRAME_MAGIC) {
            return broken(0, "no frame begins here");
        }
        if (in.getInt(HEAD_CRC_AT) != headCrc(in, offset)) {
            return broken(0, "the checksum of the frame's head does not fit");
        }
        return parseChecked(in);
    }

    boolean isIntact() {
        return chunk != null;
    }

    private static PackFrame parseChecked(ByteBuffer in) {
        int encoding = in.getInt(4) >>> 24;
        int raw = in.getInt(40);
        int stored = in.getInt(44);
        if (encoding > DIFFERENCE || encoding == DIFFERENCE && stored < Differences.HEAD || raw < 0
                || raw > EncodedChunk.MAX_LENGTH || stored < 0
                || stored > EncodedChunk.MAX_LENGTH) {
            return broken(0, "encoding " + encoding + ", raw length " + raw + " and data length " + stored
                    + " cannot be");
        }
        int length = PackFormat.FRAME_OVERHEAD + stored;
        if (in.remaining() < length) {
            return broken(length, "the pack ends inside the data of a frame");
        }
        ByteBuffer data = in.slice(PackFormat.FRAME_OVERHEAD, stored);
        if (PackFormat.crc(data.duplicate()) != in.getInt(DATA_CRC_AT)) {
            return broken(length, "the checksum of the data does not fit");
        }
        byte[] id = new byte[ChunkId.LENGTH];
        in.get(8, id);
        Encoding told = encoding == DIFFERENCE ? Encoding.ZSTD : Encoding.values()[encoding];
        return new PackFrame(new EncodedChunk(new ChunkId(id), told, raw, data), length, encoding == DIFFERENCE, null);
    }

    /** Returns what is no frame. */
    static PackFrame broken(String reason) {
        return broken(0, reason);
    }

    private static PackFrame broken(int length, String reason) {
        return new PackFrame(null, length, false, reason);
    }

    private static int headCrc(ByteBuffer head, long offset) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, offset));
        crc.update(head.slice(0, HEAD_CRC_AT));
        return (int) crc.getValue();
    }
}
