package org.tidebox.server.upkeep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;

/**
 * Frees what the marks let go, lists before what they name, and then notes what else is unused, so that a later run may
 * free it. Each step is a transaction of its own; between any two the index is whole.
 */
final class Sweeper {
    /** A commit that comes between marking and freeing makes it necessary to mark that commit and to try again. */
    private static final int MAX_TRIES = 50;
    private final Storage storage;
    private final Pages pages;
    private final long account;
    private final Marker marker;
    private final GcTally tally;

    Sweeper(Storage storage, long account, Marker marker, GcTally tally) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.account = account;
        this.marker = marker;
        this.tally = tally;
    }

    /**
     * Sweeps.
     *
     * @throws StorageException if a list that must stay cannot be read; what it names is not freed then
     */
    void sweep(Marks marks, Instant now) throws StorageException {
        boolean going = true;
        for (int level = storage.chunks(chunks -> chunks.highestLevel(account)); level > 0; level--) {
            going = going && free(level, marks);
            marker.markBehind(level, marks);
        }
        going = going && free(0, marks);
        if (!going) {
            tally.problems.add("Devices are busy with the same content just now; some of it was not freed. Run gc"
                    + " again later");
        }
        pages.chunks(account, page -> note(page, marks, now));
    }

    /** Frees what may go of one level; returns whether that was possible. */
    private boolean free(int level, Marks marks) throws StorageException {
        boolean[] going = {true};
        pages.chunks(account, level, page -> {
            List<IndexedChunk> gone = page.stream().filter(marks::mayGo).toList();
            going[0] = going[0] && (gone.isEmpty() || free(gone, marks));
        });
        return going[0];
    }

    private boolean free(List<IndexedChunk> candidates, Marks marks) throws StorageException {
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            List<ChunkId> ids = candidates.stream().filter(marks::mayGo).map(row -> row.chunk().id()).toList();
            OptionalLong freed = storage
                    .chunks(chunks -> chunks.free(account, ids, marks.cutoff(), marks.guard()));
            if (freed.isPresent()) {
                tally.chunks += ids.size();
                tally.bytes += freed.getAsLong();
                return true;
            }
            if (!marker.catchUp(marks)) {
                return false;
            }
        }
        return false;
    }

    private void note(List<IndexedChunk> page, Marks marks, Instant now) throws StorageException {
        List<ChunkId> used = new ArrayList<>();
        List<ChunkId> unused = new ArrayList<>();
        for (IndexedChunk row : page) {
            StoredChunk chunk = row.chunk();
            if (!marks.isReachable(chunk.id())) {
                unused.add(chunk.id());
                tally.waitingChunks++;
                tally.waitingBytes += chunk.place().length();
            } else if (row.unusedSince() != null) {
                used.add(chunk.id());
            }
        }
        storage.chunks(chunks -> {
            chunks.markUsed(account, used);
            chunks.markUnused(account, unused, now);
            return null;
        });
    }
}
