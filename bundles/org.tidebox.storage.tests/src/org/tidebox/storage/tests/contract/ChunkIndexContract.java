package org.tidebox.storage.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkIndex;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.tree.ChunkId;

/** What every {@link ChunkIndex} does. */
@Tag("P3")
@Tag("P4")
public abstract class ChunkIndexContract {
    private final Random random = new Random(5);
    private MetadataStore store;
    private ChunkIndex index;
    private long anna;
    private long bob;

    /** Opens an empty store, which the subclass closes after the test. */
    protected abstract MetadataStore open() throws Exception;

    @BeforeEach
    final void openEmpty() throws Exception {
        store = open();
        index = store.chunks();
        anna = store.accounts().add("anna", Instant.EPOCH).id();
        bob = store.accounts().add("bob", Instant.EPOCH).id();
    }

    @Test
    final void addedChunksAreFound() throws Exception {
        List<StoredChunk> chunks = chunks(1500);
        index.add(anna, chunks);
        List<ChunkId> ids = new ArrayList<>(chunks.stream().map(StoredChunk::id).toList());
        assertThat(index.find(anna, ids).values()).containsExactlyInAnyOrderElementsOf(chunks);
        ChunkId unknown = id();
        ids.add(unknown);
        ids.addAll(ids.subList(0, 10));
        assertThat(index.missing(anna, ids)).containsExactly(unknown);
        assertThat(index.find(anna, List.of(unknown))).isEmpty();
        assertThat(index.find(anna, List.of())).isEmpty();
    }

    @Test
    final void accountsSeeOnlyTheirOwn() throws Exception {
        StoredChunk chunk = chunks(1).get(0);
        index.add(anna, List.of(chunk));
        assertThat(index.missing(bob, List.of(chunk.id()))).containsExactly(chunk.id());
        assertThat(index.find(bob, List.of(chunk.id()))).isEmpty();
        StoredChunk bobs = new StoredChunk(chunk.id(), new PackPlace("other", 1, 2), chunk.rawLength(), 0, 5);
        index.add(bob, List.of(bobs));
        assertThat(index.find(anna, List.of(chunk.id()))).containsEntry(chunk.id(), chunk);
        assertThat(index.find(bob, List.of(chunk.id()))).containsEntry(chunk.id(), bobs);
    }

    @Test
    final void eachChunkCountsOnce() throws Exception {
        List<StoredChunk> chunks = chunks(20);
        index.add(anna, chunks.subList(0, 15));
        index.add(anna, chunks);
        index.add(anna, chunks);
        assertThat(used(anna)).isEqualTo(chunks.stream().mapToLong(chunk -> chunk.place().length()).sum());
        assertThat(used(bob)).isZero();
    }

    @Test
    final void chunkKeepsItsPlaceAndTheHigherLevel() throws Exception {
        PackPlace first = new PackPlace("first", 1, 100);
        PackPlace second = new PackPlace("second", 2, 100);
        ChunkId id = id();
        index.add(anna, List.of(new StoredChunk(id, first, 40, 0, 40)));
        index.add(anna, List.of(new StoredChunk(id, second, 40, 2, 7000), new StoredChunk(id, second, 40, 1, 70)));
        index.add(anna, List.of(new StoredChunk(id, second, 40, 0, 40)));
        assertThat(index.find(anna, List.of(id))).containsEntry(id, new StoredChunk(id, first, 40, 2, 7000));
    }

    @Test
    final void unknownAccountHasNoChunks() {
        assertThatThrownBy(() -> index.add(bob + 1, chunks(1))).isInstanceOf(StorageException.class);
    }

    @Test
    final void manyAddTheSameAtOnce() throws Exception {
        List<StoredChunk> chunks = chunks(100);
        List<StoredChunk> backwards = chunks.reversed();
        List<Callable<Void>> adds = new ArrayList<>();
        for (List<StoredChunk> order : List.of(chunks, backwards, chunks, backwards)) {
            adds.addAll(Collections.nCopies(4, () -> {
                index.add(anna, order);
                return null;
            }));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Void> result : threads.invokeAll(adds)) {
                result.get();
            }
        }
        assertThat(new HashSet<>(index.find(anna, chunks.stream().map(StoredChunk::id).toList()).values()))
                .isEqualTo(new HashSet<>(chunks));
        assertThat(used(anna)).isEqualTo(chunks.stream().mapToLong(chunk -> chunk.place().length()).sum());
    }

    private long used(long account) throws StorageException {
        return store.accounts().find(account).orElseThrow().used();
    }

    private List<StoredChunk> chunks(int count) {
        List<StoredChunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(100_000);
            PackPlace place = new PackPlace("0000000a-12345678", random.nextLong(1L << 40), length / 2 + 56);
            chunks.add(new StoredChunk(id(), place, length, 0, length));
        }
        return chunks;
    }

    private ChunkId id() {
        byte[] id = new byte[ChunkId.LENGTH];
        random.nextBytes(id);
        return new ChunkId(id);
    }
}
