package org.tidebox.server.upkeep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkMove;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackVisitor;
import org.tidebox.tree.ChunkId;

/**
 * Copies the live chunks of packs to where new chunks go, some MiB at a time, and then changes the index. Where each
 * append makes a pack of its own, that is how large these get.
 */
final class PackCopy implements PackVisitor {
    private static final int BATCH_BYTES = 12 << 20;
    /** Counted on top of the data, so that a batch of tiny chunks is bounded as well. */
    private static final int CHUNK_OVERHEAD = 512;
    private static final ChunkCodec CODEC = new ChunkCodec();
    private final Storage storage;
    private final long account;
    private final Map<PackPlace, EncodedChunk> batch = new LinkedHashMap<>();
    private final Map<PackPlace, PackPlace> bases = new HashMap<>();
    /** Where a chunk lies now, or, of a base that did not live any more, the first that was told by it. */
    private final Map<PackPlace, PackPlace> copies = new HashMap<>();
    private long batchBytes;
    private long copiedBytes;

    PackCopy(Storage storage, long account) {
        this.storage = storage;
        this.account = account;
    }

    @Override
    public void chunk(PackPlace place, EncodedChunk chunk) throws StorageException {
        batch.put(place, chunk);
        batchBytes += chunk.data().remaining() + CHUNK_OVERHEAD;
        if (batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    @Override
    public void difference(PackPlace place, EncodedChunk chunk, PackPlace base) throws StorageException {
        bases.put(place, base);
        chunk(place, chunk);
    }

    @Override
    public void damaged(long offset, String reason) {
        // A live chunk that lies there keeps its place in the index, and so keeps the pack from being deleted.
    }

    /** Copies what is waiting. */
    void flush() throws StorageException {
        List<ChunkId> ids = batch.values().stream().map(EncodedChunk::id).toList();
        Map<ChunkId, StoredChunk> known = storage.chunks(index -> index.find(account, ids));
        Map<PackPlace, EncodedChunk> live = new LinkedHashMap<>(batch);
        live.entrySet().removeIf(entry -> !isLive(entry.getKey(), entry.getValue(), known));
        if (!live.isEmpty()) {
            storage.use(stores -> {
                copy(stores, live);
                return null;
            });
        }
        batch.clear();
        bases.clear();
        batchBytes = 0;
    }

    /** Returns how many bytes were copied. */
    long bytes() {
        return copiedBytes;
    }

    /** What was told by a base is told by its copy, which has to be there first. */
    private void copy(Stores stores, Map<PackPlace, EncodedChunk> live) throws StorageException {
        Map<PackPlace, EncodedChunk> first = new LinkedHashMap<>();
        Map<PackPlace, EncodedChunk> rest = new LinkedHashMap<>();
        Set<PackPlace> coming = new HashSet<>();
        live.forEach((place, chunk) -> {
            PackPlace base = baseOf(place);
            (copies.containsKey(base) || !coming.add(base) ? rest : first).put(place, chunk);
        });
        append(stores, first);
        append(stores, rest);
    }

    private PackPlace baseOf(PackPlace place) {
        return bases.getOrDefault(place, place);
    }

    private void append(Stores stores, Map<PackPlace, EncodedChunk> some) throws StorageException {
        if (some.isEmpty()) {
            return;
        }
        Map<ChunkId, PackPlace> like = new HashMap<>();
        some.forEach((place, chunk) -> like.computeIfAbsent(chunk.id(), id -> copies.get(baseOf(place))));
        List<PackPlace> to = stores.packs().append(Stores.spaceOf(account), List.copyOf(some.values()), like);
        List<ChunkMove> moves = new ArrayList<>();
        for (Map.Entry<PackPlace, EncodedChunk> entry : some.entrySet()) {
            PackPlace now = to.get(moves.size());
            copies.putIfAbsent(baseOf(entry.getKey()), now);
            moves.add(new ChunkMove(entry.getValue().id(), entry.getKey(), now));
            copiedBytes += now.length();
        }
        stores.metadata().chunkUpkeep().move(account, moves);
    }

    /** A chunk whose bytes are not what its id says is never copied: its pack is the evidence. */
    private static boolean isLive(PackPlace place, EncodedChunk chunk, Map<ChunkId, StoredChunk> known) {
        StoredChunk stored = known.get(chunk.id());
        if (stored == null || !stored.place().equals(place)) {
            return false;
        }
        try {
            CODEC.decode(chunk);
            return true;
        } catch (CorruptChunkException e) {
            return false;
        }
    }
}
