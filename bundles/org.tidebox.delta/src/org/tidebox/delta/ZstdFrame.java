package org.tidebox.delta;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import org.tidebox.delta.internal.ZstdContexts;
import org.tidebox.tree.ChunkId;

/** Decompresses what comes from elsewhere: exactly one frame, which says how long its content is. */
final class ZstdFrame {
    private ZstdFrame() {
    }

    /**
     * Decompresses the remaining bytes of a heap buffer.
     *
     * @param id of the chunk that is to come of it, for messages
     * @param least the smallest length that the content may have
     * @param most the greatest; the caller has checked that there is room for so much
     * @param dictionary what the frame builds on, or {@code null}
     * @throws com.github.luben.zstd.ZstdException if the frame is malformed
     */
    static ByteBuffer decompress(ChunkId id, ByteBuffer data, int least, int most, byte[] dictionary)
            throws CorruptChunkException {
        if (!data.hasRemaining()) {
            throw new CorruptChunkException(id, "it has no bytes, expected a zstd frame");
        }
        int from = data.arrayOffset() + data.position();
        long claimed = Zstd.getFrameContentSize(data.array(), from, data.remaining());
        if (claimed < least || claimed > most) {
            throw new CorruptChunkException(id, "its zstd frame holds "
                    + (claimed < 0 ? "an unknown number of" : claimed) + " bytes, expected "
                    + (least == most ? most : least + " to " + most));
        }
        if (Zstd.findFrameCompressedSize(data.array(), from, data.remaining()) != data.remaining()) {
            throw new CorruptChunkException(id, "it is not exactly one zstd frame");
        }
        ByteBuffer raw = dictionary == null
                ? ZstdContexts.decompress(data, (int) claimed)
                : ZstdContexts.decompress(data, (int) claimed, dictionary);
        if (raw.remaining() != claimed) {
            throw new CorruptChunkException(id, "it holds " + raw.remaining() + " bytes, expected " + claimed);
        }
        return raw;
    }
}
