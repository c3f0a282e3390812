package org.tidebox.delta.internal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.tidebox.delta.ChunkCodec;

/**
 * Lends zstd contexts. One costs up to some MiB of native memory and takes long to make, so as many as there are
 * processors are kept. A pool and not a thread-local: there may be thousands of virtual threads.
 */
public final class ZstdContexts {
    private static final int KEPT = Runtime.getRuntime().availableProcessors();
    private static final BlockingQueue<Compressor> COMPRESSORS = new ArrayBlockingQueue<>(KEPT);
    private static final BlockingQueue<ZstdDecompressCtx> DECOMPRESSORS = new ArrayBlockingQueue<>(KEPT);

    private ZstdContexts() {
    }

    /**
     * Returns the remaining bytes of a heap buffer as one zstd frame that states its content size, in memory of
     * its own.
     *
     * @param level of zstd
     */
    public static ByteBuffer compress(ByteBuffer raw, int level) {
        Compressor idle = COMPRESSORS.poll();
        Compressor compressor = idle == null ? new Compressor() : idle;
        try {
            return compressor.compress(raw, level);
        } finally {
            if (!COMPRESSORS.offer(compressor)) {
                compressor.context.close();
            }
        }
    }

    /**
     * Decompresses the remaining bytes of a heap buffer.
     *
     * @param length how many bytes to make room for; the caller has checked it
     * @throws com.github.luben.zstd.ZstdException if they are malformed or hold more than that
     */
    public static ByteBuffer decompress(ByteBuffer data, int length) {
        ZstdDecompressCtx idle = DECOMPRESSORS.poll();
        ZstdDecompressCtx context = idle == null ? new ZstdDecompressCtx() : idle;
        try {
            byte[] raw = new byte[length];
            int from = data.arrayOffset() + data.position();
            int found = context.decompressByteArray(raw, 0, length, data.array(), from, data.remaining());
            return ByteBuffer.wrap(raw, 0, found);
        } finally {
            if (!DECOMPRESSORS.offer(context)) {
                context.close();
            }
        }
    }

    /**
     * The same as {@link #compress(ByteBuffer, int)} with bytes that the receiver has as well. Contexts with a dictionary
     * are not kept: each has another one.
     */
    public static ByteBuffer compress(byte[] raw, byte[] dictionary) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(ChunkCodec.LEVEL).setContentSize(true).loadDict(dictionary);
            return ByteBuffer.wrap(context.compress(raw));
        }
    }

    /** The same as {@link #decompress(ByteBuffer, int)} with the dictionary that was used to compress. */
    public static ByteBuffer decompress(ByteBuffer data, int length, byte[] dictionary) {
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            context.loadDict(dictionary);
            byte[] raw = new byte[length];
            int from = data.arrayOffset() + data.position();
            int found = context.decompressByteArray(raw, 0, length, data.array(), from, data.remaining());
            return ByteBuffer.wrap(raw, 0, found);
        }
    }

    private static final class Compressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx().setContentSize(true);
        private byte[] scratch = new byte[0];

        ByteBuffer compress(ByteBuffer raw, int level) {
            context.setLevel(level);
            int bound = Math.toIntExact(Zstd.compressBound(raw.remaining()));
            if (scratch.length < bound) {
                scratch = new byte[bound];
            }
            int from = raw.arrayOffset() + raw.position();
            int length = context.compressByteArray(scratch, 0, scratch.length, raw.array(), from, raw.remaining());
            return ByteBuffer.wrap(Arrays.copyOf(scratch, length));
        }
    }
}
