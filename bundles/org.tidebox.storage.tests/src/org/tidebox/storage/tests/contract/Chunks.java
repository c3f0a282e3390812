package org.tidebox.storage.tests.contract;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.EncodedChunk;

/** Makes chunks for tests. */
public final class Chunks {
    private Chunks() {
    }

    public static EncodedChunk of(byte[] raw) {
        ByteBuffer bytes = ByteBuffer.wrap(raw);
        return new ChunkCodec().encode(ChunkCodec.idOf(bytes), bytes);
    }

    /** Makes a chunk that does not compress. */
    public static EncodedChunk random(Random random, int length) {
        byte[] raw = new byte[length];
        random.nextBytes(raw);
        return of(raw);
    }

    public static List<EncodedChunk> random(Random random, int count, int maxLength) {
        return IntStream.range(0, count).mapToObj(i -> random(random, random.nextInt(maxLength + 1))).toList();
    }
}
