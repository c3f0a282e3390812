package org.tidebox.storage.tests.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;
import org.tidebox.storage.file.FilePackStore;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.tests.contract.Chunks;
import org.tidebox.storage.tests.memory.MemoryDisk;

/** A disk that is full or fails: nothing half stays, what was there stays, and it goes on when the disk does. */
@Tag("P3")
final class FilePackStoreFullTest {
    private final Random random = new Random(3);
    private final FaultyChannel.Faults faults = new FaultyChannel.Faults();
    @TempDir
    Path folder;

    @Test
    void fullDiskKeepsNothingHalf() throws Exception {
        try (PackStore store = openFaulty()) {
            List<EncodedChunk> first = Chunks.random(random, 3, 1000);
            PackPlace kept = store.append("7", first).get(2);
            List<EncodedChunk> batch = Chunks.random(random, 4, 1000);
            long length = batch.stream().mapToLong(chunk -> 56 + chunk.data().remaining()).sum();
            for (long room = 0; room < length; room += 97) {
                faults.room = room;
                assertThatThrownBy(() -> store.append("7", batch)).isInstanceOf(StoreFullException.class);
                assertThat(Files.size(file(kept))).isEqualTo(kept.offset() + kept.length());
            }
            faults.room = Long.MAX_VALUE;
            PackPlace next = store.append("7", batch).get(0);
            assertThat(next.offset()).isEqualTo(kept.offset() + kept.length());
            assertThat(store.read("7", kept)).isEqualTo(first.get(2));
            assertThat(store.read("7", next)).isEqualTo(batch.get(0));
        }
    }

    @Test
    void fullDiskLeavesNoNewPack() throws Exception {
        try (PackStore store = openFaulty()) {
            faults.room = 10;
            assertThatThrownBy(() -> store.append("7", Chunks.random(random, 3, 1000)))
                    .isInstanceOf(StoreFullException.class);
            assertThat(store.list("7")).isEmpty();
        }
    }

    @Test
    void failedForceCountsAsNotStored() throws Exception {
        try (PackStore store = openFaulty()) {
            PackPlace kept = store.append("7", Chunks.random(random, 1, 1000)).get(0);
            faults.failForce = true;
            assertThatThrownBy(() -> store.append("7", Chunks.random(random, 1, 1000)))
                    .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isPermanent()).isFalse());
            faults.failForce = false;
            PackPlace next = store.append("7", Chunks.random(random, 1, 1000)).get(0);
            assertThat(next.offset()).isEqualTo(kept.offset() + kept.length());
        }
    }

    @Test
    void aBatchCostsOneForce() throws Exception {
        try (PackStore store = openFaulty()) {
            store.append("7", Chunks.random(random, 500, 1000));
            assertThat(faults.forced).isEqualTo(1);
        }
    }

    @Test
    void fullFileSystemIsToldAsSuch() throws Exception {
        Configuration small = Configuration.unix().toBuilder().setMaxSize(1 << 20).setBlockSize(4096).build();
        try (FileSystem disk = Jimfs.newFileSystem(small);
                PackStore store = FilePackStore.open(disk.getPath("/packs"), new MemoryDisk())) {
            PackPlace kept = store.append("7", List.of(Chunks.random(random, 700_000))).get(0);
            assertThatThrownBy(() -> store.append("7", List.of(Chunks.random(random, 700_000))))
                    .isInstanceOf(StoreFullException.class).hasMessageContaining("/packs");
            assertThat(store.read("7", kept).rawLength()).isEqualTo(700_000);
            store.append("7", List.of(Chunks.random(random, 1000)));
        }
    }

    private PackStore openFaulty() throws StorageException {
        return FilePackStore.open(folder,
                (path, options) -> new FaultyChannel(FileChannel.open(path, options), faults));
    }

    private Path file(PackPlace place) throws IOException {
        return folder.resolve("7").resolve(place.pack() + ".pack");
    }
}
