package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkMove;
import org.tidebox.storage.chunks.ChunkUpkeep;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.PackUse;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.chunks.SweepGuard;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;

/** A chunk index in memory from end to end. Whoever frees holds the journal first, then the chunks. */
record MemoryChunkUpkeep(MemoryChunks chunks, MemoryJournal journal) implements ChunkUpkeep {
    private static final Comparator<PackPlace> ORDER = Comparator.comparing(PackPlace::pack)
            .thenComparing(PackPlace::offset);

    @Override
    public List<IndexedChunk> page(long account, PackPlace after, int limit) {
        synchronized (chunks) {
            return rows(account, after).limit(limit).toList();
        }
    }

    @Override
    public List<IndexedChunk> page(long account, int level, PackPlace after, int limit) {
        synchronized (chunks) {
            return rows(account, after).filter(row -> row.chunk().level() == level).limit(limit).toList();
        }
    }

    @Override
    public Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) {
        synchronized (chunks) {
            return chunks.find(account, ids, row -> true);
        }
    }

    @Override
    public int highestLevel(long account) {
        synchronized (chunks) {
            return rows(account, null).mapToInt(row -> row.chunk().level()).max().orElse(0);
        }
    }

    @Override
    public long count(long account) {
        synchronized (chunks) {
            return chunks.of(account).size();
        }
    }

    @Override
    public List<PackUse> packs(long account) {
        synchronized (chunks) {
            Map<String, PackUse> packs = new TreeMap<>();
            rows(account, null).map(row -> row.chunk().place())
                    .forEach(at -> packs.merge(at.pack(), new PackUse(at.pack(), 1, at.length()),
                            (one, other) -> new PackUse(at.pack(), one.chunks() + 1, one.bytes() + at.length())));
            return List.copyOf(packs.values());
        }
    }

    @Override
    public SweepGuard guard(long account) {
        synchronized (journal) {
            synchronized (chunks) {
                Map<LibraryId, Long> heads = new HashMap<>();
                for (Library library : journal.list(account)) {
                    heads.put(library.id(), library.head());
                }
                return new SweepGuard(heads, chunks.claims(account));
            }
        }
    }

    @Override
    public void markUnused(long account, Collection<ChunkId> ids, Instant since) {
        synchronized (chunks) {
            chunks.change(account, ids, row -> row.unusedSince() != null
                    ? row
                    : new IndexedChunk(row.chunk(), since, row.damagedSince()));
        }
    }

    @Override
    public void markUsed(long account, Collection<ChunkId> ids) {
        synchronized (chunks) {
            chunks.change(account, ids, row -> new IndexedChunk(row.chunk(), null, row.damagedSince()));
        }
    }

    @Override
    public OptionalLong free(long account, Collection<ChunkId> ids, Instant cutoff, SweepGuard guard)
            throws StorageException {
        synchronized (journal) {
            synchronized (chunks) {
                if (!guard(account).equals(guard)) {
                    return OptionalLong.empty();
                }
                Map<ChunkId, StoredChunk> gone = chunks.find(account, ids,
                        row -> row.unusedSince() != null && !row.unusedSince().isAfter(cutoff));
                chunks.of(account).keySet().removeAll(gone.keySet());
                long bytes = gone.values().stream().mapToLong(chunk -> chunk.place().length()).sum();
                chunks.use(account, -bytes);
                return OptionalLong.of(bytes);
            }
        }
    }

    @Override
    public void move(long account, List<ChunkMove> moves) throws StorageException {
        synchronized (chunks) {
            for (ChunkMove move : moves) {
                chunks.change(account, List.of(move.id()), row -> row.chunk().place().equals(move.from())
                        ? new IndexedChunk(moved(row.chunk(), move.to()), row.unusedSince(), row.damagedSince())
                        : row);
            }
            recount(account);
        }
    }

    @Override
    public void replace(long account, List<StoredChunk> stored) {
        synchronized (chunks) {
            stored.forEach(chunk -> chunks.of(account).put(chunk.id(), new IndexedChunk(chunk, null, null)));
        }
    }

    @Override
    public void raise(long account, List<StoredChunk> stored) {
        synchronized (chunks) {
            for (StoredChunk chunk : stored) {
                chunks.change(account, List.of(chunk.id()), row -> new IndexedChunk(
                        MemoryChunkIndex.raised(row.chunk(), chunk), row.unusedSince(), row.damagedSince()));
            }
        }
    }

    @Override
    public long sum(long account) {
        synchronized (chunks) {
            return chunks.sum(account);
        }
    }

    @Override
    public void recount(long account) throws StorageException {
        synchronized (chunks) {
            long used = chunks.accounts.find(account).orElseThrow().used();
            chunks.use(account, chunks.sum(account) - used);
        }
    }

    @Override
    public void recreate() {
        synchronized (chunks) {
            chunks.clear();
        }
    }

    private Stream<IndexedChunk> rows(long account, PackPlace after) {
        return chunks.of(account).values().stream()
                .filter(row -> after == null || ORDER.compare(row.chunk().place(), after) > 0)
                .sorted(Comparator.comparing(row -> row.chunk().place(), ORDER));
    }

    private static StoredChunk moved(StoredChunk chunk, PackPlace to) {
        return new StoredChunk(chunk.id(), to, chunk.rawLength(), chunk.level(), chunk.contentLength());
    }
}
