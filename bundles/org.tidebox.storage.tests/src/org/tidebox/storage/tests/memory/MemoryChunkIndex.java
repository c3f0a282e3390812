package org.tidebox.storage.tests.memory;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkIndex;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;

/** A chunk index in memory. */
record MemoryChunkIndex(MemoryChunks chunks) implements ChunkIndex {
    @Override
    public Set<ChunkId> missing(long account, Collection<ChunkId> ids) {
        synchronized (chunks) {
            Set<ChunkId> missing = new HashSet<>(ids);
            missing.removeAll(chunks.find(account, ids, row -> row.unusedSince() == null && isSound(row)).keySet());
            return missing;
        }
    }

    @Override
    public Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) {
        synchronized (chunks) {
            return chunks.find(account, ids, MemoryChunkIndex::isSound);
        }
    }

    @Override
    public Map<ChunkId, StoredChunk> claim(long account, Collection<ChunkId> ids) {
        synchronized (chunks) {
            chunks.claim(account, ids);
            return find(account, ids);
        }
    }

    @Override
    public void add(long account, List<StoredChunk> added) throws StorageException {
        synchronized (chunks) {
            chunks.use(account, 0);
            chunks.claim(account, added.stream().map(StoredChunk::id).toList());
            for (StoredChunk chunk : added) {
                add(account, chunk);
            }
        }
    }

    private void add(long account, StoredChunk chunk) throws StorageException {
        IndexedChunk old = chunks.of(account).get(chunk.id());
        StoredChunk now = chunk;
        if (old != null && isSound(old)) {
            now = raised(old.chunk(), chunk);
        } else if (old != null) {
            now = raised(chunk, old.chunk());
        }
        chunks.use(account, now.place().length() - (old == null ? 0 : old.chunk().place().length()));
        chunks.of(account).put(chunk.id(), new IndexedChunk(now, null, null));
    }

    /** Returns a chunk with the level of another, if that is higher. */
    static StoredChunk raised(StoredChunk chunk, StoredChunk other) {
        return other.level() <= chunk.level()
                ? chunk
                : new StoredChunk(chunk.id(), chunk.place(), chunk.rawLength(), other.level(), other.contentLength());
    }

    static boolean isSound(IndexedChunk row) {
        return row.damagedSince() == null;
    }
}
