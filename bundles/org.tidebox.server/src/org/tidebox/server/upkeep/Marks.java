package org.tidebox.server.upkeep;

import java.time.Instant;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.SweepGuard;
import org.tidebox.tree.ChunkId;

/**
 * What must stay of an account's chunks: those that some version names, directly or through lists of entries, and what
 * is named by lists that stay for now although nothing names them. So the index never holds a list without what it
 * names.
 */
final class Marks {
    private final Instant cutoff;
    private final ChunkFilter reachable;
    private final ChunkFilter leased;
    private SweepGuard guard;

    /**
     * Makes marks where nothing is marked yet.
     *
     * @param cutoff what is unused for longer than since then may go
     * @param guard the account's state before the marking
     */
    Marks(long chunks, long salt, Instant cutoff, SweepGuard guard) {
        this.cutoff = cutoff;
        this.reachable = new ChunkFilter(chunks, salt);
        this.leased = new ChunkFilter(chunks / 4, salt);
        this.guard = guard;
    }

    Instant cutoff() {
        return cutoff;
    }

    /** Returns the state of the account up to which everything is marked. */
    SweepGuard guard() {
        return guard;
    }

    void setGuard(SweepGuard now) {
        guard = now;
    }

    void markReachable(ChunkId id) {
        reachable.add(id);
    }

    void markLeased(ChunkId id) {
        leased.add(id);
    }

    boolean isReachable(ChunkId id) {
        return reachable.mayContain(id);
    }

    /** Returns whether nothing needs the chunk any more, not even an upload in flight. */
    boolean mayGo(IndexedChunk row) {
        ChunkId id = row.chunk().id();
        boolean unused = row.unusedSince() != null && !row.unusedSince().isAfter(cutoff);
        return unused && !reachable.mayContain(id) && !leased.mayContain(id);
    }
}
