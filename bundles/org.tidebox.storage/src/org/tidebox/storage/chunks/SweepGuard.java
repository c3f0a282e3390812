package org.tidebox.storage.chunks;

import java.util.Map;
import org.tidebox.tree.LibraryId;

/**
 * What an account looked like when its reachable chunks were marked. Where this no longer holds, something may have
 * become reachable since, and nothing may be freed.
 *
 * @param heads the heads of all libraries of the account
 * @param claims how often the account has claimed unused lists of entries
 */
public record SweepGuard(Map<LibraryId, Long> heads, long claims) {
    /** Freezes the heads. */
    public SweepGuard {
        heads = Map.copyOf(heads);
    }
}
