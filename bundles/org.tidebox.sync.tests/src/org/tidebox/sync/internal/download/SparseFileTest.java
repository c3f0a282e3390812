package org.tidebox.sync.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;

/** Files with holes take no more room where they arrive than where they came from, and little traffic. */
@Tag("C1")
@Tag("C5")
class SparseFileTest {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    private Device one;
    private Device two;

    @BeforeEach
    void startDevices() throws IOException {
        one = new Device("one", temporary.resolve("one"), server, new MemoryTreeStore(), 1);
        two = new Device("two", temporary.resolve("two"), server, new MemoryTreeStore(), 2);
    }

    @AfterEach
    void stopDevices() {
        one.close();
        two.close();
    }

    @Test
    void holesAreNotWrittenAndTravelOnce() throws Exception {
        Path file = one.path("disk image");
        put(file, 0, "begin");
        put(file, 100 * MEBIBYTE + 17, "middle");
        put(file, 300 * MEBIBYTE - 1, "e");
        assumeThat(roomOf(file)).as("this file system has holes").isLessThan(MEBIBYTE);
        one.sync();
        two.sync();
        assertThat(Files.mismatch(file, two.path("disk image"))).isEqualTo(-1);
        assertThat(roomOf(two.path("disk image"))).isLessThan(MEBIBYTE);
        assertThat(server.chunksUp).as("chunks sent for 300 MiB of holes").isLessThan(40);
        // Before compression: a chunk of zeros, and one around each piece of data.
        assertThat(server.bytesDown).isLessThan(5 * MEBIBYTE);
    }

    @Test
    void aHoleAtTheEndCounts() throws Exception {
        Path file = one.path("reserved");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), 20 * MEBIBYTE - 1);
        }
        one.write("four zeros", "\0\0\0\0");
        one.write("mixed", "text" + "\0".repeat(9_000));
        one.sync();
        two.sync();
        assertThat(two.content()).isEqualTo(one.content());
        assertThat(Files.size(two.path("reserved"))).isEqualTo(20 * MEBIBYTE);
    }

    @Test
    @Tag("A3")
    void aHoleAtTheEndCountsWhereAVersionIsRestoredBeside() throws Exception {
        one.write("zeros at the end", "text" + "\0".repeat(300_000));
        one.sync();
        try (Export export = new Export(temporary.resolve("restored"), Device.LIBRARY, server,
                Device.chunkers(new FastCdcChunker()), SystemTime.clock())) {
            export.write(List.of(new PlacedNode("zeros at the end", server.live().getFirst())));
            export.finish();
            assertThat(export.problems()).isEmpty();
        }
        assertThat(temporary.resolve("restored/zeros at the end")).hasSameBinaryContentAs(one.path("zeros at the end"));
    }

    @Test
    void anEditThatFillsAHoleOrDigsOneArrives() throws Exception {
        Path file = one.path("image");
        put(file, 0, "begin");
        put(file, 40 * MEBIBYTE, "end");
        one.sync();
        two.sync();
        put(file, 20 * MEBIBYTE, "filled");
        one.sync();
        two.sync();
        assertThat(Files.mismatch(file, two.path("image"))).isEqualTo(-1);
        put(file, 0, "\0\0\0\0\0");
        one.sync();
        two.sync();
        assertThat(Files.mismatch(file, two.path("image"))).isEqualTo(-1);
    }

    @Test
    void randomPatternsOfZerosAndBytesArrive() throws Exception {
        long seed = Long.getLong("tidebox.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[random.nextInt(400_000)];
            for (int at = 0; at < content.length; at += random.nextInt(1, 30_000)) {
                int length = Math.min(content.length - at, random.nextInt(9_000));
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, content, at, length);
            }
            Files.write(one.path("file " + i), content);
        }
        one.sync();
        two.sync();
        assertThat(two.content()).as("seed %d", seed).isEqualTo(one.content());
    }

    private static void put(Path file, long offset, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), offset);
        }
    }

    /** Returns the bytes that a file takes on the disk. */
    private static long roomOf(Path file) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "--block-size=1", file.toString()).redirectErrorStream(true).start();
        String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(du.waitFor()).as(said).isZero();
        return Long.parseLong(said.split("\\s")[0]);
    }
}
