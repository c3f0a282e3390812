package org.tidebox.fuzz.tests;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.tree.ChunkId;

/** Chunks and differences: those that come from the other side, and those that are made of its signatures. */
final class PatchTarget implements Target {
    private final ChunkCodec chunks = new ChunkCodec();
    private final PatchCodec patches = new PatchCodec();

    @Override
    public long allocation(int length) {
        return (16 << 20) + 2_000L * length;
    }

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        switch (draw.next() % 3) {
            case 0 -> decode(draw);
            case 1 -> apply(draw);
            default -> make(draw);
        }
    }

    private void decode(Draw draw) {
        EncodedChunk.Encoding encoding = draw.oneOf(List.of(EncodedChunk.Encoding.values()));
        int length = length(draw);
        byte[] data = draw.rest();
        try {
            chunks.decode(new EncodedChunk(ChunkCodec.idOf(ByteBuffer.wrap(data)), encoding, length,
                    ByteBuffer.wrap(data)));
        } catch (CorruptChunkException e) {
            return;
        }
    }

    private void apply(Draw draw) {
        ChunkPatch.Kind kind = draw.oneOf(List.of(ChunkPatch.Kind.values()));
        int length = length(draw);
        List<ByteBuffer> bases = new ArrayList<>();
        for (int i = draw.next() % 6; i > 0; i--) {
            bases.add(draw.next() == 0 ? ByteBuffer.wrap(Samples.old()) : ByteBuffer.wrap(draw.some()));
        }
        List<ChunkId> ids = bases.stream().map(ChunkCodec::idOf).toList();
        byte[] data = draw.rest();
        ByteBuffer told = draw.next() == 0
                ? chunks.encode(Samples.CHUNK, ByteBuffer.wrap(data)).data()
                : ByteBuffer.wrap(data);
        try {
            patches.apply(new ChunkPatch(Samples.CHUNK, ids, kind, length, told), bases);
        } catch (CorruptChunkException e) {
            return;
        }
    }

    /** A hostile server tells signatures that fit to nothing; the difference is made nevertheless, and is right or none. */
    private void make(Draw draw) throws CorruptChunkException {
        BlockSignature signature;
        try {
            signature = BlockSignature.decode(draw.many());
        } catch (IllegalArgumentException e) {
            return;
        }
        ByteBuffer raw = ByteBuffer.wrap(draw.rest());
        Optional<ChunkPatch> made = patches.byBlocks(ChunkCodec.idOf(raw), raw, List.of(Samples.CHUNK),
                List.of(signature));
        if (made.isPresent() && signature.equals(Samples.signature())
                && !patches.apply(made.get(), List.of(ByteBuffer.wrap(Samples.old()))).equals(raw)) {
            throw new AssertionError("a difference makes something else");
        }
    }

    private static int length(Draw draw) {
        int length = draw.next() << 16 | draw.next() << 8 | draw.next();
        return draw.next() == 255 ? -length : length;
    }

    @Override
    public List<byte[]> seeds() {
        EncodedChunk chunk = Samples.chunk("more ".repeat(100));
        ChunkPatch patch = Samples.patch();
        byte[] signature = Samples.signature().encode();
        return List.of(seed(chunk.data(), 0, 1, chunk.rawLength() >> 16, chunk.rawLength() >> 8, chunk.rawLength(), 0),
                seed(patch.data(), 1, 0, 0, patch.rawLength() >> 8, patch.rawLength(), 0, 1, 0, 0),
                seed(ByteBuffer.allocate(signature.length + 2048).put(signature).put(Samples.old()).flip(), 2,
                        signature.length >> 8, signature.length));
    }

    private static byte[] seed(ByteBuffer rest, int... head) {
        ByteBuffer seed = ByteBuffer.allocate(head.length + rest.remaining());
        for (int one : head) {
            seed.put((byte) one);
        }
        return seed.put(rest.duplicate()).array();
    }
}
