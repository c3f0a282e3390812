package org.tidebox.delta;

import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.tidebox.delta.ChunkPatch.Kind;
import org.tidebox.delta.internal.BlockIndex;
import org.tidebox.delta.internal.BlockScript;
import org.tidebox.delta.internal.RollingHash;
import org.tidebox.delta.internal.ZstdContexts;
import org.tidebox.tree.ChunkId;

/**
 * Tells chunks as differences to others, and puts them together again. Applying trusts nothing: no length before it is
 * checked, and no byte before the hash of the whole is. Thread-safe, without state of its own.
 */
public final class PatchCodec {
    /**
     * Tells a chunk by what is known of its bases, without having them.
     *
     * @param id the id of the bytes; not checked again
     * @param raw the bytes between position and limit; the buffer stays as it is
     * @param bases 1 to {@link ChunkPatch#MAX_BASES}
     * @param signatures of the bases, in their order
     * @return the patch, or nothing if it would not be shorter than the bytes themselves
     */
    public Optional<ChunkPatch> byBlocks(ChunkId id, ByteBuffer raw, List<ChunkId> bases,
            List<BlockSignature> signatures) {
        byte[] script = script(copy(raw), new BlockIndex(signatures));
        if (script.length > raw.remaining()) {
            return Optional.empty();
        }
        ByteBuffer data = ZstdContexts.compress(ByteBuffer.wrap(script), ChunkCodec.LEVEL);
        return shorter(new ChunkPatch(id, bases, Kind.BLOCKS, raw.remaining(), data));
    }

    /**
     * Tells a chunk by its bases.
     *
     * @param id the id of the bytes; not checked again
     * @param raw the bytes between position and limit; the buffer stays as it is
     * @param bases 1 to {@link ChunkPatch#MAX_BASES}
     * @param contents the raw bytes of the bases, in their order
     * @return the patch, or nothing if it would not be shorter than the bytes themselves
     */
    public Optional<ChunkPatch> byDictionary(ChunkId id, ByteBuffer raw, List<ChunkId> bases,
            List<ByteBuffer> contents) {
        ByteBuffer data = ZstdContexts.compress(copy(raw), dictionary(contents));
        return shorter(new ChunkPatch(id, bases, Kind.DICTIONARY, raw.remaining(), data));
    }

    /**
     * Puts a chunk together and verifies it.
     *
     * @param bases the raw bytes of the bases, in the order of {@link ChunkPatch#bases()}
     * @throws CorruptChunkException if lengths, instructions or hash do not fit
     */
    public ByteBuffer apply(ChunkPatch patch, List<ByteBuffer> bases) throws CorruptChunkException {
        check(patch, bases.size());
        ByteBuffer raw = make(patch, bases);
        ChunkId found = ChunkCodec.idOf(raw);
        if (!found.equals(patch.id())) {
            throw new CorruptChunkException(patch.id(), "put together from others its bytes have the SHA-256 " + found);
        }
        return raw;
    }

    private static Optional<ChunkPatch> shorter(ChunkPatch patch) {
        return patch.data().remaining() < patch.rawLength() ? Optional.of(patch) : Optional.empty();
    }

    private static byte[] script(byte[] raw, BlockIndex index) {
        BlockScript script = new BlockScript();
        int block = BlockSignature.BLOCK;
        int told = 0;
        int at = 0;
        int expected = 0;
        int hash = raw.length < block ? 0 : RollingHash.of(ByteBuffer.wrap(raw, 0, block));
        while (at + block <= raw.length) {
            int number = index.has(hash)
                    ? index.find(hash, BlockSignature.strong(ByteBuffer.wrap(raw, at, block)), expected)
                    : -1;
            if (number >= 0) {
                script.insert(raw, told, at);
                script.copy(number);
                expected = number + 1;
                at += block;
                told = at;
                hash = at + block <= raw.length ? RollingHash.of(ByteBuffer.wrap(raw, at, block)) : 0;
            } else {
                hash = at + block < raw.length ? RollingHash.roll(hash, raw[at], raw[at + block]) : 0;
                at++;
            }
        }
        script.insert(raw, told, raw.length);
        return script.finish();
    }

    private static void check(ChunkPatch patch, int bases) throws CorruptChunkException {
        if (patch.rawLength() < 1 || patch.rawLength() > EncodedChunk.MAX_LENGTH) {
            throw new CorruptChunkException(patch.id(), "its difference claims " + patch.rawLength()
                    + " raw bytes; 1 to " + EncodedChunk.MAX_LENGTH + " are allowed");
        }
        if (patch.data().remaining() >= patch.rawLength()) {
            throw new CorruptChunkException(patch.id(), "its difference has " + patch.data().remaining()
                    + " bytes, which is not shorter than its " + patch.rawLength() + " bytes themselves");
        }
        if (bases < 1 || bases > ChunkPatch.MAX_BASES || bases != patch.bases().size()) {
            throw new CorruptChunkException(patch.id(), "its difference has " + bases + " bases for "
                    + patch.bases().size() + " that it names; 1 to " + ChunkPatch.MAX_BASES + " are allowed");
        }
    }

    private static ByteBuffer make(ChunkPatch patch, List<ByteBuffer> bases) throws CorruptChunkException {
        ByteBuffer data = ByteBuffer.wrap(copy(patch.data()));
        try {
            if (patch.kind() == Kind.BLOCKS) {
                // Honest instructions are never longer than what they make.
                ByteBuffer script = ZstdFrame.decompress(patch.id(), data, 1, patch.rawLength(), null);
                return BlockScript.run(script, bases, patch.rawLength());
            }
            return ZstdFrame.decompress(patch.id(), data, patch.rawLength(), patch.rawLength(), dictionary(bases));
        } catch (ZstdException | IllegalArgumentException e) {
            throw new CorruptChunkException(patch.id(), "its difference cannot be applied: " + e.getMessage());
        }
    }

    /** One zero comes first: a base that looks like a dictionary of zstd's own format must not be taken for one. */
    private static byte[] dictionary(List<ByteBuffer> contents) {
        ByteBuffer all = ByteBuffer.allocate(1 + contents.stream().mapToInt(ByteBuffer::remaining).sum());
        all.put((byte) 0);
        contents.forEach(content -> all.put(content.duplicate()));
        return all.array();
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
