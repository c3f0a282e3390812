package org.tidebox.storage.tests.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.file.FilePackStore;
import org.tidebox.storage.file.PackFormat;
import org.tidebox.storage.packs.DamagedPackException;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.tests.OtherProcess;
import org.tidebox.storage.tests.contract.Chunks;
import org.tidebox.storage.tests.contract.Seen;

/** Full packs, their lists, locks and interrupts. */
@Tag("P3")
final class FilePackStoreTest {
    private static final int ENTRY = 44;
    private final Random random = new Random(4);
    @TempDir
    Path temp;

    @Test
    void secondStoreIsRefused() throws Exception {
        PackStore first = open();
        assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("Another server")
                .hasMessageContaining(folder().toString());
        assertThatThrownBy(this::open).as("being refused must not end the lock").hasMessageContaining("Another server");
        first.close();
        open().close();
    }

    @Test
    void storeOfAnotherProcessIsRefused() throws Exception {
        try (OtherProcess other = OtherProcess.locking(folder(), temp)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("Another server");
        }
        open().close();
    }

    @Test
    void fullPackEndsWithItsListAndTheNextBegins() throws Exception {
        try (PackStore store = open()) {
            List<PackPlace> places = fill(store);
            List<PackInfo> packs = store.list("7");
            assertThat(packs).hasSize(2);
            long frames = places.stream().filter(place -> place.pack().equals(packs.get(0).name())).count();
            PackPlace last = places.get((int) frames - 1);
            assertThat(packs.get(0).length()).isEqualTo(last.offset() + last.length() + 12 + ENTRY * frames + 16);
            assertThat(last.offset() + last.length()).isLessThanOrEqualTo(PackFormat.FULL_LENGTH);
            assertThat(Seen.in(store, "7").places).isEqualTo(places);
        }
        try (PackStore store = open()) {
            Seen seen = Seen.in(store, "7");
            assertThat(seen.damagedAt).isEmpty();
            assertThat(store.append("7", Chunks.random(random, 1, 10)).get(0).pack())
                    .isEqualTo(store.list("7").get(1).name());
        }
    }

    @Test
    void lyingListIsReportedAndNotBelieved() throws Exception {
        try (PackStore store = open()) {
            List<PackPlace> places = fill(store);
            Path pack = file(places.get(0));
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(pack));
            int list = (int) bytes.getLong(bytes.limit() - 16);
            bytes.putLong(list + 8 + 32, 4711);
            int end = bytes.limit() - 16 - 4;
            CRC32C crc = new CRC32C();
            crc.update(bytes.slice(list, end - list));
            Files.write(pack, bytes.putInt(end, (int) crc.getValue()).array());
            Seen seen = Seen.in(store, "7");
            assertThat(seen.places).isEqualTo(places);
            assertThat(seen.damagedAt).containsExactly(4711L);
            assertThat(seen.reasons.get(0)).contains("no such frame");
        }
    }

    @Test
    void packCutInTheMiddleGivesItsFirstHalf() throws Exception {
        try (PackStore store = open()) {
            List<PackPlace> places = fill(store);
            try (FileChannel channel = FileChannel.open(file(places.get(0)), StandardOpenOption.WRITE)) {
                channel.truncate(places.get(10).offset() + 1000);
            }
            Seen seen = Seen.in(store, "7");
            assertThat(seen.places.subList(0, 10)).isEqualTo(places.subList(0, 10));
            assertThat(seen.damagedAt).containsExactly(places.get(10).offset());
            assertThatThrownBy(() -> store.read("7", places.get(10))).isInstanceOf(DamagedPackException.class);
        }
    }

    @Test
    void interruptHarmsNobody() throws Exception {
        try (PackStore store = open()) {
            List<EncodedChunk> chunks = Chunks.random(random, 3, 1000);
            Thread.currentThread().interrupt();
            List<PackPlace> places = store.append("7", chunks);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(store.read("7", places.get(1))).isEqualTo(chunks.get(1));
            assertThat(Thread.interrupted()).as("the interrupt is kept for the caller").isTrue();
            assertThat(store.append("7", chunks)).hasSize(3);
            assertThat(Seen.in(store, "7").chunks).hasSize(6);
        }
    }

    @Test
    void manyPacksNeedFewOpenFiles() throws Exception {
        try (PackStore store = open()) {
            List<PackPlace> places = new ArrayList<>();
            EncodedChunk chunk = Chunks.random(random, 10);
            for (int i = 0; i < 300; i++) {
                places.add(store.append("space-" + i, List.of(chunk)).get(0));
            }
            for (int i = 0; i < 300; i++) {
                assertThat(store.read("space-" + i, places.get(i))).isEqualTo(chunk);
            }
            store.append("space-0", List.of(chunk));
            assertThat(Seen.in(store, "space-0").chunks).containsExactly(chunk, chunk);
        }
    }

    private List<PackPlace> fill(PackStore store) throws StorageException {
        List<PackPlace> places = new ArrayList<>();
        while (places.isEmpty() || places.get(0).pack().equals(places.get(places.size() - 1).pack())) {
            places.addAll(store.append("7", List.of(Chunks.random(random, EncodedChunk.MAX_LENGTH))));
        }
        return places;
    }

    private PackStore open() throws StorageException {
        return FilePackStore.open(folder(), FileChannel::open);
    }

    private Path folder() {
        return temp.resolve("packs");
    }

    private Path file(PackPlace place) throws IOException {
        return folder().resolve("7").resolve(place.pack() + ".pack");
    }
}
