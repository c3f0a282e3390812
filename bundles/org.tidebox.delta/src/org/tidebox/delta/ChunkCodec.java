package org.tidebox.delta;

import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.delta.internal.ZstdContexts;
import org.tidebox.tree.ChunkId;

/**
 * Turns raw chunks into {@linkplain EncodedChunk what is stored and sent} and back. Decoding trusts nothing: no length
 * before it is checked, no byte before its hash is. Thread-safe, without state of its own.
 */
public final class ChunkCodec {
    /** The zstd level that is worth its time on any link but a slow one. */
    public static final int LEVEL = 3;
    /** From this length on, some samples are tried before all of it is. */
    private static final int WORTH_SAMPLING = 32 << 10;
    private static final int SAMPLES = 4;
    private static final int SAMPLE = 2 << 10;
    /** Samples that do not get shorter by a part of this are taken for noise. */
    private static final int LEAST_PART = 50;

    /** Returns the name of the bytes between position and limit: their SHA-256. The buffer stays as it is. */
    public static ChunkId idOf(ByteBuffer raw) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(raw.duplicate());
            return new ChunkId(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Encodes a chunk at the level {@link #LEVEL}. */
    public EncodedChunk encode(ChunkId id, ByteBuffer raw) {
        return encode(id, raw, LEVEL);
    }

    /**
     * Encodes a chunk: as zstd where that is smaller, else as it is. Of long chunks samples are tried first, so that
     * noise costs little.
     *
     * @param id the id of the bytes; not checked again
     * @param raw the bytes between position and limit; the buffer stays as it is
     * @param level of zstd, 1 to 22
     * @return a chunk that shares no memory with {@code raw}
     * @throws IllegalArgumentException if there are more than {@link EncodedChunk#MAX_LENGTH} bytes
     */
    public EncodedChunk encode(ChunkId id, ByteBuffer raw, int level) {
        int length = raw.remaining();
        if (length > EncodedChunk.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a chunk has at most " + EncodedChunk.MAX_LENGTH + " bytes, got " + length);
        }
        ByteBuffer packed = isNoise(raw) ? raw : ZstdContexts.compress(onHeap(raw), level);
        return packed.remaining() < length
                ? new EncodedChunk(id, Encoding.ZSTD, length, packed)
                : new EncodedChunk(id, Encoding.RAW, length, ByteBuffer.wrap(copy(raw)));
    }

    private static boolean isNoise(ByteBuffer raw) {
        if (raw.remaining() < WORTH_SAMPLING) {
            return false;
        }
        ByteBuffer samples = ByteBuffer.allocate(SAMPLES * SAMPLE);
        for (int i = 0; i < SAMPLES; i++) {
            samples.put(raw.slice(raw.position() + raw.remaining() / SAMPLES * i, SAMPLE));
        }
        int length = samples.flip().remaining();
        return ZstdContexts.compress(samples, 1).remaining() > length - length / LEAST_PART;
    }

    /**
     * Decodes and verifies a chunk.
     *
     * @return the raw bytes, which may be those of {@code chunk.data()} itself; not to be written to
     * @throws CorruptChunkException if lengths, encoding or hash do not fit
     */
    public ByteBuffer decode(EncodedChunk chunk) throws CorruptChunkException {
        int raw = chunk.rawLength();
        int encoded = chunk.data().remaining();
        if (raw < 0 || raw > EncodedChunk.MAX_LENGTH) {
            throw new CorruptChunkException(chunk.id(),
                    "it claims " + raw + " raw bytes; 0 to " + EncodedChunk.MAX_LENGTH + " are allowed");
        }
        // A well-made zstd chunk is smaller than its raw bytes; this keeps anybody from hiding ballast in one.
        boolean fits = chunk.encoding() == Encoding.RAW ? encoded == raw : encoded < raw;
        if (!fits) {
            throw new CorruptChunkException(chunk.id(),
                    encoded + " bytes encoded as " + chunk.encoding() + " cannot stand for " + raw + " raw bytes");
        }
        ByteBuffer data = chunk.encoding() == Encoding.RAW ? chunk.data().slice() : decompress(chunk);
        ChunkId found = idOf(data);
        if (!found.equals(chunk.id())) {
            throw new CorruptChunkException(chunk.id(), "its bytes have the SHA-256 " + found);
        }
        return data;
    }

    private static ByteBuffer decompress(EncodedChunk chunk) throws CorruptChunkException {
        int length = chunk.rawLength();
        try {
            return ZstdFrame.decompress(chunk.id(), onHeap(chunk.data()), length, length, null);
        } catch (ZstdException e) {
            throw new CorruptChunkException(chunk.id(), "zstd cannot decode it (" + e.getMessage() + ")");
        }
    }

    private static ByteBuffer onHeap(ByteBuffer buffer) {
        return buffer.hasArray() ? buffer : ByteBuffer.wrap(copy(buffer));
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
