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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.tidebox.tree.ChunkId;

/** Chunks that a pack holds as differences: short, never on top of each other, and read whole or not at all. */
@Tag("P3")
@Tag("C5")
final class FilePackStoreDifferencesTest {
    private static final int HISTORIES = Integer.getInteger("tidebox.rounds", 30);
    private static final int LENGTH = 3_000;
    private static final int SHORT = PackFormat.FRAME_OVERHEAD + 200;

    private final Random random = new Random(3);
    private FileSystem disk;
    private Path folder;
    private PackStore store;

    @BeforeEach
    void open() throws StorageException {
        disk = Jimfs.newFileSystem(Configuration.unix());
        folder = disk.getPath("/packs");
        store = FilePackStore.open(folder, new MemoryDisk());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        disk.close();
    }

    @Test
    void aDifferenceIsShortAndReadWhole() throws Exception {
        byte[] raw = bytes(LENGTH);
        EncodedChunk base = Chunks.of(raw);
        PackPlace basePlace = append(base, null);
        raw[17]++;
        EncodedChunk edited = Chunks.of(raw);
        PackPlace place = append(edited, basePlace);
        assertThat(basePlace.length()).isGreaterThan(LENGTH);
        assertThat(place.length()).isLessThan(SHORT);
        assertThat(store.read("7", place)).isEqualTo(edited);
    }

    @Test
    void whatIsLikeADifferenceIsToldByTheWholeChunkBehindIt() throws Exception {
        byte[] raw = bytes(LENGTH);
        PackPlace base = append(Chunks.of(raw), null);
        PackPlace last = base;
        List<PackPlace> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            raw[random.nextInt(LENGTH)]++;
            last = append(Chunks.of(raw), last);
            places.add(last);
        }
        byte[] pack = Files.readAllBytes(file(base));
        for (PackPlace place : places) {
            ByteBuffer data = ByteBuffer.wrap(pack).position((int) place.offset() + PackFormat.FRAME_OVERHEAD);
            assertThat(pack[(int) place.offset() + 4]).as("encoding").isEqualTo((byte) 2);
            assertThat(data.getLong()).isEqualTo(base.offset());
        }
    }

    @Test
    void whatHasLittleInCommonOrNoBaseIsStoredWhole() throws Exception {
        PackPlace base = append(Chunks.of(bytes(LENGTH)), null);
        PackPlace nowhere = new PackPlace(base.pack(), base.offset() + 1, base.length());
        PackPlace behind = new PackPlace(base.pack(), 1 << 30, base.length());
        PackPlace odd = new PackPlace(base.pack(), -5, Integer.MAX_VALUE);
        PackPlace elsewhere = new PackPlace("00000009-0a0b0c0d", base.offset(), base.length());
        for (PackPlace like : List.of(base, nowhere, behind, odd, elsewhere)) {
            EncodedChunk other = Chunks.of(bytes(LENGTH));
            PackPlace place = append(other, like);
            assertThat(place.length()).isGreaterThan(LENGTH);
            assertThat(store.read("7", place)).isEqualTo(other);
        }
    }

    @Test
    void aBaseInAnotherPackIsNone() throws Exception {
        byte[] raw = bytes(LENGTH);
        PackPlace base = append(Chunks.of(raw), null);
        store.seal("7");
        raw[5]++;
        assertThat(append(Chunks.of(raw), base).length()).isGreaterThan(LENGTH);
    }

    @Test
    void anOlderPackTakesNone() throws Exception {
        byte[] raw = bytes(LENGTH);
        PackPlace base = append(Chunks.of(raw), null);
        store.close();
        byte[] pack = Files.readAllBytes(file(base));
        ByteBuffer header = ByteBuffer.wrap(pack).putInt(8, 1);
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, 12));
        header.putInt(12, (int) crc.getValue());
        Files.write(file(base), pack);
        store = FilePackStore.open(folder, new MemoryDisk());
        raw[5]++;
        PackPlace place = append(Chunks.of(raw), base);
        assertThat(place.pack()).isEqualTo(base.pack());
        assertThat(place.length()).isGreaterThan(LENGTH);
    }

    @Test
    void aDamagedBaseMakesItsDifferencesDamagedAndNoOthers() throws Exception {
        byte[] raw = bytes(LENGTH);
        PackPlace base = append(Chunks.of(raw), null);
        raw[5]++;
        EncodedChunk edited = Chunks.of(raw);
        PackPlace place = append(edited, base);
        EncodedChunk other = Chunks.of(bytes(LENGTH));
        PackPlace alone = append(other, null);
        flip(base, base.length() - 1);
        assertThatThrownBy(() -> store.read("7", base)).isInstanceOf(DamagedPackException.class);
        assertThatThrownBy(() -> store.read("7", place)).isInstanceOf(DamagedPackException.class)
                .hasMessageContaining("offset " + base.offset());
        assertThat(store.read("7", alone)).isEqualTo(other);
        Seen seen = Seen.in(store, "7");
        assertThat(seen.chunks).containsExactly(other);
        assertThat(seen.damagedAt).containsExactly(base.offset(), place.offset());
        // What is sent again finds no base any more, and lies there whole.
        assertThat(append(edited, base).length()).isGreaterThan(LENGTH);
    }

    @Test
    void aFlippedBitInADifferenceIsNeverServed() throws Exception {
        byte[] raw = bytes(LENGTH);
        EncodedChunk whole = Chunks.of(raw);
        PackPlace base = append(whole, null);
        raw[5]++;
        PackPlace place = append(Chunks.of(raw), base);
        for (int at = 0; at < place.length(); at++) {
            flip(place, at);
            assertThatThrownBy(() -> store.read("7", place)).isInstanceOf(DamagedPackException.class);
            assertThat(Seen.in(store, "7").chunks).containsExactly(whole);
            flip(place, at);
        }
    }

    @Test
    void aDifferenceTornAtAnyByteIsMended() throws Exception {
        byte[] raw = bytes(LENGTH);
        EncodedChunk whole = Chunks.of(raw);
        PackPlace base = append(whole, null);
        raw[5]++;
        EncodedChunk edited = Chunks.of(raw);
        PackPlace place = append(edited, base);
        byte[] bytes = Files.readAllBytes(file(base));
        for (int length = (int) place.offset(); length < bytes.length; length++) {
            store.close();
            Files.write(file(base), Arrays.copyOf(bytes, length));
            store = FilePackStore.open(folder, new MemoryDisk());
            assertThat(append(edited, base)).as("cut to %d", length).isEqualTo(place);
            assertThat(Files.readAllBytes(file(base))).isEqualTo(bytes);
        }
    }

    @Test
    void whateverTheHistoryAllIsReadAsItWas() throws Exception {
        for (int history = 0; history < HISTORIES; history++) {
            String space = "h" + history;
            List<EncodedChunk> chunks = new ArrayList<>();
            List<PackPlace> places = new ArrayList<>();
            byte[] raw = bytes(1 + random.nextInt(40_000));
            for (int batch = 0; batch < 12; batch++) {
                List<EncodedChunk> some = new ArrayList<>();
                Map<ChunkId, PackPlace> like = new HashMap<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    raw = edited(raw);
                    EncodedChunk chunk = Chunks.of(raw);
                    if (some.stream().noneMatch(other -> other.id().equals(chunk.id()))) {
                        some.add(chunk);
                        if (!places.isEmpty() && random.nextInt(5) > 0) {
                            like.put(chunk.id(), places.get(random.nextInt(places.size())));
                        }
                    }
                }
                places.addAll(store.append(space, some, like));
                chunks.addAll(some);
                if (random.nextInt(6) == 0) {
                    store.seal(space);
                }
                if (random.nextInt(6) == 0) {
                    store.close();
                    store = FilePackStore.open(folder, new MemoryDisk());
                }
            }
            for (int i = 0; i < chunks.size(); i++) {
                assertThat(store.read(space, places.get(i))).as("history %d", history).isEqualTo(chunks.get(i));
            }
            assertThat(Seen.in(store, space).chunks).isEqualTo(chunks);
            assertThat(Seen.in(store, space).damagedAt).isEmpty();
        }
    }

    private byte[] edited(byte[] raw) {
        int from = random.nextInt(raw.length + 1);
        int to = Math.min(raw.length, from + random.nextInt(200));
        byte[] middle = bytes(random.nextInt(300));
        ByteBuffer edited = ByteBuffer.allocate(Math.max(1, from + middle.length + raw.length - to));
        edited.put(raw, 0, from).put(middle).put(raw, to, raw.length - to);
        return edited.array();
    }

    private PackPlace append(EncodedChunk chunk, PackPlace like) throws StorageException {
        return store.append("7", List.of(chunk), like == null ? Map.of() : Map.of(chunk.id(), like)).getFirst();
    }

    private void flip(PackPlace place, int at) throws IOException {
        byte[] pack = Files.readAllBytes(file(place));
        pack[(int) place.offset() + at] ^= 1;
        Files.write(file(place), pack);
    }

    private Path file(PackPlace place) {
        return folder.resolve("7").resolve(place.pack() + ".pack");
    }

    private byte[] bytes(int length) {
        byte[] raw = new byte[length];
        random.nextBytes(raw);
        return raw;
    }
}
