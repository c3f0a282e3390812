package org.tidebox.it.tests.scale;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.remote.Remote.ChunkStream;
import org.tidebox.remote.Remote.Whole;

/** Chunks that no server has yet, at the cost of their hash only. Thread-safe. */
public final class Noise {
    public static final int LONGEST = 64 << 10;
    private final byte[] bytes = new byte[LONGEST];
    private final AtomicLong next;

    public Noise(Random random) {
        random.nextBytes(bytes);
        next = new AtomicLong(random.nextLong());
    }

    public EncodedChunk chunk(int length) {
        ByteBuffer data = ByteBuffer.wrap(bytes.clone(), 0, length).putLong(0, next.getAndIncrement()).slice();
        return new EncodedChunk(ChunkCodec.idOf(data), Encoding.RAW, length, data);
    }

    /** Returns so many bytes of chunks. */
    ChunkStream stream(long length) {
        return stream(length, 0, new CountDownLatch(0));
    }

    /** Returns so many bytes of chunks; after some of them nothing comes until the gate is open. */
    ChunkStream stream(long length, long before, CountDownLatch gate) {
        AtomicLong sent = new AtomicLong();
        return () -> {
            long at = sent.getAndAdd(LONGEST);
            if (at >= before) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted at the gate", e);
                }
            }
            return at < length ? new Whole(chunk(LONGEST), 0) : null;
        };
    }
}
