package org.tidebox.server.upkeep;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tidebox.tree.ChunkId;

/** Chunks of an account that are not as they should be, with the reason; enough of them to work with are kept. */
final class BrokenChunks {
    private static final int KEPT = 10_000;
    private final Map<ChunkId, String> reasons = new LinkedHashMap<>();
    private long count;

    void add(ChunkId id, String reason) {
        if (!reasons.containsKey(id)) {
            count++;
            if (reasons.size() < KEPT) {
                reasons.put(id, reason);
            }
        }
    }

    /** Returns how many there are; those beyond the kept ones may be counted more than once. */
    long count() {
        return count;
    }

    Map<ChunkId, String> reasons() {
        return reasons;
    }
}
