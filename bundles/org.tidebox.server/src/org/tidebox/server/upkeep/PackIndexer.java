package org.tidebox.server.upkeep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackVisitor;
import org.tidebox.tree.ChunkId;

/**
 * Enters the chunks of a pack in the index, as unused pieces of content, where the index knows no good place for them.
 */
final class PackIndexer implements PackVisitor {
    private static final int BATCH = 1_000;
    private static final ChunkCodec CODEC = new ChunkCodec();
    private final Storage storage;
    private final long account;
    private final Instant now;
    private final Map<ChunkId, StoredChunk> batch = new LinkedHashMap<>();
    private long count;

    PackIndexer(Storage storage, long account, Instant now) {
        this.storage = storage;
        this.account = account;
        this.now = now;
    }

    @Override
    public void chunk(PackPlace place, EncodedChunk chunk) throws StorageException {
        try {
            CODEC.decode(chunk);
        } catch (CorruptChunkException e) {
            return;
        }
        batch.put(chunk.id(), new StoredChunk(chunk.id(), place, chunk.rawLength(), 0, chunk.rawLength()));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    @Override
    public void damaged(long offset, String reason) {
        // What lay there is missing in the index when all packs were looked through.
    }

    /** Enters what is waiting. */
    void flush() throws StorageException {
        Map<ChunkId, StoredChunk> known = storage.chunks(index -> index.find(account, batch.keySet()));
        List<StoredChunk> wanted = new ArrayList<>();
        for (StoredChunk found : batch.values()) {
            StoredChunk stored = known.get(found.id());
            if (stored == null) {
                wanted.add(found);
            } else if (!isGood(stored)) {
                wanted.add(new StoredChunk(found.id(), found.place(), found.rawLength(), stored.level(),
                        stored.contentLength()));
            }
        }
        if (!wanted.isEmpty()) {
            storage.chunks(chunks -> {
                chunks.replace(account, wanted);
                chunks.markUnused(account, wanted.stream().map(StoredChunk::id).toList(), now);
                return null;
            });
        }
        count += wanted.size();
        batch.clear();
    }

    /** Returns how many were entered. */
    long count() {
        return count;
    }

    private boolean isGood(StoredChunk stored) throws StorageException {
        if (batch.get(stored.id()).equals(stored)) {
            return true;
        }
        try {
            storage.use(stores -> ChunkReader.readRaw(stores, account, stored));
            return true;
        } catch (StorageException e) {
            if (e.isPermanent()) {
                return false;
            }
            throw e;
        }
    }
}
