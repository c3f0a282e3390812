package org.tidebox.storage.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.tree.ChunkId;

/** What every {@link PackStore} does. */
@Tag("P3")
@Tag("P4")
public abstract class PackStoreContract {
    private final Random random = new Random(1);
    private PackStore store;

    /** Opens the store; called again after the store was closed, it opens the same one. */
    protected abstract PackStore open() throws Exception;

    @BeforeEach
    final void openFirst() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeLast() {
        store.close();
    }

    @Test
    final void whatWasAppendedIsRead() throws Exception {
        List<EncodedChunk> chunks = Chunks.random(random, 50, 5000);
        List<PackPlace> places = store.append("7", chunks);
        assertThat(places).hasSameSizeAs(chunks).doesNotHaveDuplicates();
        assertReadable("7", places, chunks);
    }

    @Test
    final void largestAndEmptyChunksAreKept() throws Exception {
        List<EncodedChunk> chunks = List.of(Chunks.of(new byte[0]), Chunks.random(random, EncodedChunk.MAX_LENGTH),
                Chunks.of(new byte[EncodedChunk.MAX_LENGTH]));
        assertReadable("7", store.append("7", chunks), chunks);
    }

    @Test
    final void everythingIsThereAfterReopening() throws Exception {
        List<EncodedChunk> first = Chunks.random(random, 20, 5000);
        List<PackPlace> places = new ArrayList<>(store.append("7", first));
        store.close();
        store = open();
        List<EncodedChunk> second = Chunks.random(random, 20, 5000);
        places.addAll(store.append("7", second));
        List<EncodedChunk> all = new ArrayList<>(first);
        all.addAll(second);
        assertReadable("7", places, all);
    }

    @Test
    @Tag("C5")
    final void whatIsLikeOthersIsReadWhole() throws Exception {
        byte[] raw = new byte[20_000];
        random.nextBytes(raw);
        List<EncodedChunk> chunks = new ArrayList<>();
        List<PackPlace> places = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            raw[random.nextInt(raw.length)]++;
            EncodedChunk chunk = Chunks.of(raw);
            Map<ChunkId, PackPlace> like = places.isEmpty()
                    ? Map.of()
                    : Map.of(chunk.id(), places.get(random.nextInt(places.size())));
            places.addAll(store.append("7", List.of(chunk), like));
            chunks.add(chunk);
        }
        assertReadable("7", places, chunks);
        store.close();
        store = open();
        assertReadable("7", places, chunks);
        Seen seen = Seen.in(store, "7");
        assertThat(seen.chunks).containsExactlyInAnyOrderElementsOf(chunks);
        assertThat(seen.damagedAt).isEmpty();
    }

    @Test
    final void nothingAppendedIsNothingStored() throws Exception {
        assertThat(store.append("7", List.of())).isEmpty();
        assertThat(store.list("7")).isEmpty();
    }

    @Test
    final void spacesAreSeparate() throws Exception {
        PackPlace place = store.append("7", Chunks.random(random, 1, 5000)).get(0);
        assertThat(store.list("8")).isEmpty();
        assertThatThrownBy(() -> store.read("8", place)).isInstanceOf(StorageException.class);
    }

    @Test
    final void scanSeesEveryChunkAtItsPlace() throws Exception {
        List<EncodedChunk> chunks = Chunks.random(random, 30, 5000);
        List<PackPlace> places = store.append("7", chunks);
        Seen seen = Seen.in(store, "7");
        assertThat(seen.places).isEqualTo(places);
        assertThat(seen.chunks).isEqualTo(chunks);
        assertThat(seen.damagedAt).isEmpty();
    }

    @Test
    final void deletedPackIsGone() throws Exception {
        PackPlace old = store.append("7", Chunks.random(random, 1, 5000)).get(0);
        store.delete("7", old.pack());
        store.delete("7", old.pack());
        assertThat(store.list("7")).isEmpty();
        assertThatThrownBy(() -> store.read("7", old)).isInstanceOf(StorageException.class);
        PackPlace fresh = store.append("7", Chunks.random(random, 1, 5000)).get(0);
        assertThat(fresh.pack()).isNotEqualTo(old.pack());
    }

    @Test
    final void wrongPlaceIsNotServed() throws Exception {
        PackPlace place = store.append("7", Chunks.random(random, 3, 5000)).get(1);
        List<PackPlace> wrong = List.of(new PackPlace(place.pack(), place.offset() + 1, place.length()),
                new PackPlace(place.pack(), place.offset(), place.length() - 1),
                new PackPlace(place.pack(), -5, place.length()), new PackPlace(place.pack(), 1L << 60, place.length()),
                new PackPlace("../" + place.pack(), place.offset(), place.length()));
        assertThat(wrong).allSatisfy(
                bad -> assertThatThrownBy(() -> store.read("7", bad)).isInstanceOf(StorageException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a b", "ä"})
    final void badNameOfASpaceIsRefused(String name) {
        assertThatThrownBy(() -> store.append(name, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    final void manyAppendAtOnce() throws Exception {
        List<List<EncodedChunk>> batches = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            batches.add(Chunks.random(random, 5, 5000));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<List<PackPlace>>> work = new ArrayList<>();
            batches.forEach(batch -> work.add(() -> store.append("7", batch)));
            List<Future<List<PackPlace>>> results = threads.invokeAll(work);
            for (int i = 0; i < batches.size(); i++) {
                assertReadable("7", results.get(i).get(), batches.get(i));
            }
        }
        assertThat(Seen.in(store, "7").chunks).hasSize(64 * 5);
    }

    private void assertReadable(String space, List<PackPlace> places, List<EncodedChunk> chunks)
            throws StorageException {
        for (int i = 0; i < places.size(); i++) {
            assertThat(store.read(space, places.get(i))).isEqualTo(chunks.get(i));
        }
    }
}
