package org.tidebox.storage.tests.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;

/** What the accounts have stored, in memory; its lock guards everything that is done with it. */
final class MemoryChunks {
    final MemoryAccounts accounts;
    private final Map<Long, Map<ChunkId, IndexedChunk>> rows = new HashMap<>();
    private final Map<Long, Long> claims = new HashMap<>();

    MemoryChunks(MemoryAccounts accounts) {
        this.accounts = accounts;
    }

    synchronized MemoryChunks copy() {
        MemoryChunks copy = new MemoryChunks(accounts);
        rows.forEach((account, own) -> copy.rows.put(account, new HashMap<>(own)));
        copy.claims.putAll(claims);
        return copy;
    }

    Map<ChunkId, IndexedChunk> of(long account) {
        return rows.computeIfAbsent(account, id -> new HashMap<>());
    }

    Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids, Predicate<IndexedChunk> which) {
        return new HashSet<>(ids).stream().map(of(account)::get).filter(row -> row != null && which.test(row))
                .collect(Collectors.toMap(row -> row.chunk().id(), IndexedChunk::chunk));
    }

    void change(long account, Collection<ChunkId> ids, UnaryOperator<IndexedChunk> change) {
        ids.forEach(id -> of(account).computeIfPresent(id, (key, row) -> change.apply(row)));
    }

    long claims(long account) {
        return claims.getOrDefault(account, 0L);
    }

    /** Notes chunks as used. */
    void claim(long account, Collection<ChunkId> ids) {
        List<StoredChunk> unused = List.copyOf(find(account, ids, row -> row.unusedSince() != null).values());
        if (unused.stream().anyMatch(chunk -> chunk.level() > 0)) {
            claims.merge(account, 1L, Long::sum);
        }
        change(account, ids, row -> new IndexedChunk(row.chunk(), null, row.damagedSince()));
    }

    void clear() {
        rows.clear();
    }

    long sum(long account) {
        return of(account).values().stream().mapToLong(row -> row.chunk().place().length()).sum();
    }

    void use(long account, long bytes) throws StorageException {
        accounts.use(account, bytes);
    }
}
