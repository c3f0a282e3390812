package org.tidebox.storage.tests.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.DamagedPackException;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.packs.PackVisitor;
import org.tidebox.tree.ChunkId;

/** Packs in memory: each append makes one. Nothing is durable. */
public final class MemoryPackStore implements PackStore {
    private final Map<String, Map<String, List<EncodedChunk>>> spaces = new TreeMap<>();
    private final Set<ChunkId> damaged = new HashSet<>();
    private int packs;

    @Override
    public synchronized List<PackPlace> append(String space, List<EncodedChunk> chunks) {
        chunks.forEach(chunk -> damaged.remove(chunk.id()));
        Map<String, List<EncodedChunk>> own = space(space);
        if (chunks.isEmpty()) {
            return List.of();
        }
        String pack = "pack" + ++packs;
        own.put(pack, chunks.stream().map(MemoryPackStore::copy).toList());
        List<PackPlace> places = new ArrayList<>();
        long offset = 0;
        for (EncodedChunk chunk : chunks) {
            places.add(new PackPlace(pack, offset, chunk.data().remaining()));
            offset += chunk.data().remaining();
        }
        return places;
    }

    /** Damages a chunk where it lies now; what is appended later is whole. */
    public synchronized void damage(ChunkId id) {
        damaged.add(id);
    }

    @Override
    public synchronized EncodedChunk read(String space, PackPlace place) throws StorageException {
        EncodedChunk[] found = new EncodedChunk[1];
        scan(space, place.pack(), new PackVisitor() {
            @Override
            public void chunk(PackPlace at, EncodedChunk chunk) {
                found[0] = at.equals(place) ? chunk : found[0];
            }

            @Override
            public void damaged(long offset, String reason) {
                throw new AssertionError("memory is never damaged");
            }
        });
        if (found[0] == null || damaged.contains(found[0].id())) {
            throw new DamagedPackException(space, place, "the chunk there is not whole");
        }
        return found[0];
    }

    @Override
    public synchronized List<PackInfo> list(String space) {
        return space(space).entrySet().stream().map(pack -> new PackInfo(pack.getKey(),
                pack.getValue().stream().mapToLong(chunk -> chunk.data().remaining()).sum())).toList();
    }

    @Override
    public synchronized void scan(String space, String pack, PackVisitor visitor) throws StorageException {
        List<EncodedChunk> chunks = space(space).get(pack);
        if (chunks == null) {
            throw new StorageException("The pack " + pack + " is not there", true, null);
        }
        long offset = 0;
        for (EncodedChunk chunk : chunks) {
            visitor.chunk(new PackPlace(pack, offset, chunk.data().remaining()), copy(chunk));
            offset += chunk.data().remaining();
        }
    }

    @Override
    public synchronized List<String> spaces() {
        return spaces.entrySet().stream().filter(space -> !space.getValue().isEmpty()).map(Map.Entry::getKey).toList();
    }

    @Override
    public void seal(String space) {
        // No pack is ever appended to.
    }

    @Override
    public synchronized void delete(String space, String pack) {
        space(space).remove(pack);
    }

    @Override
    public void close() {
        // What was stored stays, so that a test can go on with it.
    }

    private Map<String, List<EncodedChunk>> space(String space) {
        if (!space.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("the name of a space has letters, digits and hyphens, got '" + space
                    + "'");
        }
        return spaces.computeIfAbsent(space, name -> new TreeMap<>());
    }

    private static EncodedChunk copy(EncodedChunk chunk) {
        ByteBuffer data = ByteBuffer.allocate(chunk.data().remaining()).put(chunk.data().duplicate()).flip();
        return new EncodedChunk(chunk.id(), chunk.encoding(), chunk.rawLength(), data);
    }
}
