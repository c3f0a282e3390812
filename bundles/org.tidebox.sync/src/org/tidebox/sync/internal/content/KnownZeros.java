package org.tidebox.sync.internal.content;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tidebox.sync.internal.disk.Holes;
import org.tidebox.tree.ChunkId;

/**
 * Chunks that came and were nothing but zeros, with their lengths: they are not written, and not fetched again.
 * Thread-safe.
 */
public final class KnownZeros {
    private static final int MOST = 1_000;

    private final Map<ChunkId, Long> lengths = new ConcurrentHashMap<>();

    /** Looks at a verified chunk. */
    public void learn(ChunkId id, ByteBuffer raw) {
        if (lengths.size() < MOST && Holes.isZero(raw)) {
            lengths.put(id, (long) raw.remaining());
        }
    }

    /** Returns whether a chunk of this length is all zeros, as far as is known. */
    public boolean has(Placed entry) {
        return Long.valueOf(entry.length()).equals(lengths.get(entry.id()));
    }
}
