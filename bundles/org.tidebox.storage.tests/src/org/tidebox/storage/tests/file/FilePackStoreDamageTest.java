package org.tidebox.storage.tests.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.file.FilePackStore;
import org.tidebox.storage.file.PackFormat;
import org.tidebox.storage.packs.DamagedPackException;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.tests.contract.Chunks;
import org.tidebox.storage.tests.contract.Seen;
import org.tidebox.storage.tests.memory.MemoryDisk;

/**
 * Bytes on the disk that are not what was written: after a crash they are mended, after a fault they are reported and
 * never served.
 */
@Tag("P3")
final class FilePackStoreDamageTest {
    private final Random random = new Random(2);
    private FileSystem disk;
    private Path folder;
    private List<EncodedChunk> chunks;
    private List<PackPlace> places;
    private Path pack;
    private byte[] bytes;

    @BeforeEach
    void writeThreeChunks() throws Exception {
        disk = Jimfs.newFileSystem(Configuration.unix());
        folder = disk.getPath("/packs");
        chunks = Chunks.random(random, 3, 150);
        try (PackStore store = open()) {
            places = store.append("7", chunks);
        }
        pack = folder.resolve("7").resolve(places.get(0).pack() + ".pack");
        bytes = Files.readAllBytes(pack);
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void tailTornAtAnyByteIsMended() throws Exception {
        for (int length = (int) places.get(2).offset(); length < bytes.length; length++) {
            Files.write(pack, Arrays.copyOf(bytes, length));
            assertMendedBehindTheSecond("cut to " + length);
        }
    }

    @Test
    void tailThatNeverReachedTheDiskIsMended() throws Exception {
        for (int from = (int) places.get(2).offset(); from < bytes.length; from++) {
            byte[] torn = bytes.clone();
            Arrays.fill(torn, from, torn.length, (byte) 0);
            // A zero that was written as a zero has lost nothing.
            if (!Arrays.equals(torn, bytes)) {
                Files.write(pack, torn);
                assertMendedBehindTheSecond("zero from " + from);
            }
        }
    }

    @Test
    void packTornInItsHeaderIsReplaced() throws Exception {
        for (int length = 0; length <= PackFormat.HEADER_LENGTH; length++) {
            Files.write(pack, Arrays.copyOf(bytes, length));
            try (PackStore store = open()) {
                PackPlace place = store.append("7", chunks).get(2);
                assertThat(store.read("7", place)).isEqualTo(chunks.get(2));
                assertThat(store.list("7")).hasSize(1);
                store.delete("7", place.pack());
            }
        }
    }

    @Test
    void flippedBitIsReportedAndNeverServed() throws Exception {
        PackPlace second = places.get(1);
        for (int at = 0; at < second.length(); at++) {
            byte[] damaged = bytes.clone();
            damaged[(int) second.offset() + at] ^= (byte) (1 << random.nextInt(8));
            Files.write(pack, damaged);
            try (PackStore store = open()) {
                assertThatThrownBy(() -> store.read("7", second)).isInstanceOf(DamagedPackException.class)
                        .hasMessageContaining(second.pack()).hasMessageContaining("offset " + second.offset());
                assertThat(store.read("7", places.get(2))).isEqualTo(chunks.get(2));
                Seen seen = Seen.in(store, "7");
                assertThat(seen.chunks).as("flipped at %d", at).containsExactly(chunks.get(0), chunks.get(2));
                assertThat(seen.damagedAt).containsExactly(second.offset());
            }
        }
        assertThat(Files.size(pack)).as("intact frames behind damage are never cut").isEqualTo(bytes.length);
    }

    @Test
    void damagedHeaderHidesNoChunk() throws Exception {
        bytes[3] ^= 1;
        Files.write(pack, bytes);
        try (PackStore store = open()) {
            Seen seen = Seen.in(store, "7");
            assertThat(seen.chunks).isEqualTo(chunks);
            assertThat(seen.damagedAt).containsExactly(0L);
            assertThat(store.append("7", chunks).get(0).pack()).isNotEqualTo(places.get(0).pack());
        }
        assertThat(Files.readAllBytes(pack)).isEqualTo(bytes);
    }

    @Test
    void newerVersionIsRefused() throws Exception {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        CRC32C crc = new CRC32C();
        crc.update(header.putInt(8, 3).slice(0, 12));
        header.putInt(12, (int) crc.getValue());
        Files.write(pack, bytes);
        try (PackStore store = open()) {
            assertThatThrownBy(() -> store.read("7", places.get(0))).isInstanceOf(StorageException.class)
                    .hasMessageContaining("version 3").hasMessageContaining(pack.toString());
            assertThatThrownBy(() -> store.append("7", chunks)).hasMessageContaining("version 3");
        }
        assertThat(Files.readAllBytes(pack)).isEqualTo(bytes);
    }

    @Test
    void truncatedPackIsReported() throws Exception {
        try (PackStore store = open()) {
            Files.write(pack, Arrays.copyOf(bytes, (int) places.get(1).offset() + 5));
            assertThat(store.read("7", places.get(0))).isEqualTo(chunks.get(0));
            assertThatThrownBy(() -> store.read("7", places.get(1))).isInstanceOf(DamagedPackException.class);
            assertThatThrownBy(() -> store.read("7", places.get(2))).isInstanceOf(DamagedPackException.class);
        }
    }

    @Test
    void framesInsideAChunkAreNoChunks() throws Exception {
        byte[] inner = bytes;
        EncodedChunk outer = new EncodedChunk(Chunks.of(inner).id(), EncodedChunk.Encoding.RAW, inner.length,
                ByteBuffer.wrap(inner));
        try (PackStore store = open()) {
            PackPlace place = store.append("8", List.of(outer, chunks.get(0))).get(0);
            Path file = folder.resolve("8").resolve(place.pack() + ".pack");
            byte[] damaged = Files.readAllBytes(file);
            damaged[(int) place.offset()] ^= 1;
            Files.write(file, damaged);
            Seen seen = Seen.in(store, "8");
            assertThat(seen.chunks).containsExactly(chunks.get(0));
            assertThat(seen.damagedAt).containsExactly(place.offset());
        }
    }

    private void assertMendedBehindTheSecond(String how) throws StorageException, IOException {
        try (PackStore store = open()) {
            PackPlace again = store.append("7", List.of(chunks.get(2))).get(0);
            assertThat(again).as(how).isEqualTo(places.get(2));
            Seen seen = Seen.in(store, "7");
            assertThat(seen.chunks).as(how).isEqualTo(chunks);
            assertThat(seen.damagedAt).as(how).isEmpty();
        }
        assertThat(Files.readAllBytes(pack)).as(how).isEqualTo(bytes);
    }

    private PackStore open() throws StorageException {
        return FilePackStore.open(folder, new MemoryDisk());
    }
}
