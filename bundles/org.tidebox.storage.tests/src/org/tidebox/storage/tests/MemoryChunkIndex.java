package org.tidebox.storage.tests;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.ChunkIndex;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoredChunk;
import org.tidebox.tree.ChunkId;

/** A chunk index in memory. */
final class MemoryChunkIndex implements ChunkIndex {
    private final MemoryAccounts accounts;
    private final Map<Long, Map<ChunkId, StoredChunk>> chunks = new HashMap<>();

    MemoryChunkIndex(MemoryAccounts accounts) {
        this.accounts = accounts;
    }

    synchronized MemoryChunkIndex copy() {
        MemoryChunkIndex copy = new MemoryChunkIndex(accounts);
        chunks.forEach((account, own) -> copy.chunks.put(account, new HashMap<>(own)));
        return copy;
    }

    @Override
    public synchronized Set<ChunkId> missing(long account, Collection<ChunkId> ids) {
        Set<ChunkId> missing = new HashSet<>(ids);
        missing.removeAll(of(account).keySet());
        return missing;
    }

    @Override
    public synchronized Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) {
        Map<ChunkId, StoredChunk> found = new HashMap<>(of(account));
        found.keySet().retainAll(new HashSet<>(ids));
        return found;
    }

    @Override
    public Map<ChunkId, StoredChunk> claim(long account, Collection<ChunkId> ids) {
        return find(account, ids);
    }

    @Override
    public synchronized void add(long account, List<StoredChunk> added) throws StorageException {
        accounts.use(account, 0);
        for (StoredChunk chunk : added) {
            StoredChunk old = of(account).putIfAbsent(chunk.id(), chunk);
            if (old == null) {
                accounts.use(account, chunk.place().length());
            } else if (chunk.level() > old.level()) {
                of(account).put(chunk.id(),
                        new StoredChunk(chunk.id(), old.place(), old.rawLength(), chunk.level(),
                                chunk.contentLength()));
            }
        }
    }

    private Map<ChunkId, StoredChunk> of(long account) {
        return chunks.computeIfAbsent(account, id -> new HashMap<>());
    }
}
