package org.tidebox.delta.tests;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkSink;
import org.tidebox.delta.ChunkSource;
import org.tidebox.tree.ChunkId;

/** Chunks in memory. Checks each id on the way in; gives back what it got, damaged or not. */
final class ChunkMap implements ChunkSink<RuntimeException>, ChunkSource<RuntimeException> {
    final Map<ChunkId, byte[]> chunks = new HashMap<>();

    @Override
    public void chunk(ChunkId id, ByteBuffer raw, int level) {
        if (!ChunkCodec.idOf(raw).equals(id)) {
            throw new AssertionError("the sink got a wrong id");
        }
        byte[] bytes = new byte[raw.remaining()];
        raw.get(bytes);
        chunks.put(id, bytes);
    }

    @Override
    public ByteBuffer read(ChunkId id) {
        byte[] bytes = chunks.get(id);
        if (bytes == null) {
            throw new NoSuchElementException(id.toHex());
        }
        return ByteBuffer.wrap(bytes);
    }
}
