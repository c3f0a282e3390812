package org.tidebox.server.upkeep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;

/** Chunks of an account that are not as they should be, with the reason; enough of them to work with are kept. */
final class BrokenChunks {
    private static final int KEPT = 10_000;
    private final Map<ChunkId, String> reasons = new LinkedHashMap<>();
    private final List<StoredChunk> damaged = new ArrayList<>();
    private long count;

    void add(ChunkId id, String reason) {
        if (!reasons.containsKey(id)) {
            count++;
            if (reasons.size() < KEPT) {
                reasons.put(id, reason);
            }
        }
    }

    /** Adds a chunk that could not be read. */
    void add(StoredChunk chunk, StorageException why) {
        add(chunk.id(), why.getMessage());
        // A disk that fails now may work again later.
        if (why.isPermanent() && damaged.size() < KEPT) {
            damaged.add(chunk);
        }
    }

    /** Returns how many there are; those beyond the kept ones may be counted more than once. */
    long count() {
        return count;
    }

    Map<ChunkId, String> reasons() {
        return reasons;
    }

    /** Returns those whose bytes are not what was stored, for good. */
    List<StoredChunk> damaged() {
        return damaged;
    }
}
