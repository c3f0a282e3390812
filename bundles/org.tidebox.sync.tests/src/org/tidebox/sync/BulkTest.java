package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;

/** Work and requests in proportion to what changed, for many files and for long ones. */
class BulkTest {
    private static final int FILES = 10_000;
    private static final int BIG = 96 << 20;

    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    private final List<ClientDatabase> databases = new ArrayList<>();

    @Test
    @Tag("C1")
    @Tag("C4")
    void manySmallFilesTakeFewRequests() throws Exception {
        try (Device one = device("one", 1); Device two = device("two", 2)) {
            for (int i = 0; i < FILES; i++) {
                one.write("folder" + i / 100 + "/file" + i, "content of file " + i);
            }
            assertThat(one.sync().quiet()).isTrue();
            assertThat(server.uploads).isLessThanOrEqualTo(FILES / 1_000 * 2);
            assertThat(server.missingRequests).isLessThanOrEqualTo(FILES / 1_000 * 2);
            assertThat(two.sync().quiet()).isTrue();
            assertThat(server.fetches).isLessThanOrEqualTo(FILES / 1_000 * 2);
            assertThat(two.content().equals(one.content())).isTrue();
            assertThat(server.live()).hasSize(FILES + FILES / 100);
            restartReadsNothing(one);
            restartReadsNothing(two);
        }
    }

    private void restartReadsNothing(Device device) throws Exception {
        // The files were written an instant before they were read, so one more look is due.
        device.sync();
        device.start();
        int requests = server.requests();
        SyncReport report = device.sync();
        assertThat(report.done()).isEqualTo(SyncTotals.NONE);
        assertThat(server.requests()).isEqualTo(requests + 1);
    }

    @Test
    @Tag("C5")
    void longFileTravelsInPartsAndOnlyTheChangedOnes() throws Exception {
        try (Device one = device("one", 1); Device two = device("two", 2)) {
            writeNoise(one.path("big"));
            assertThat(one.sync().quiet()).isTrue();
            assertThat(two.sync().quiet()).isTrue();
            assertThat(Files.mismatch(one.path("big"), two.path("big"))).isEqualTo(-1);
            long up = server.bytesUp;
            long down = server.bytesDown;
            try (FileChannel file = FileChannel.open(one.path("big"), StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(new byte[10]), BIG / 2);
            }
            assertThat(one.sync().quiet()).isTrue();
            assertThat(two.sync().quiet()).isTrue();
            assertThat(Files.mismatch(one.path("big"), two.path("big"))).isEqualTo(-1);
            assertThat(server.bytesUp - up).isLessThan(1 << 20);
            assertThat(server.bytesDown - down).isLessThan(1 << 20);
        }
    }

    @Test
    @Tag("C5")
    void renamesMoveNoContent() throws Exception {
        try (Device one = device("one", 1); Device two = device("two", 2)) {
            for (int i = 0; i < 200; i++) {
                one.write("old/sub/file" + i, "content " + i);
            }
            one.sync();
            two.sync();
            long chunks = server.chunksUp + server.chunksDown;
            long head = server.head();
            Files.createDirectory(one.path("new"));
            Files.move(one.path("old/sub"), one.path("new/place"));
            Files.move(one.path("new/place/file7"), one.path("seven"));
            assertThat(one.sync().quiet()).isTrue();
            assertThat(two.sync().quiet()).isTrue();
            assertThat(two.content()).isEqualTo(one.content());
            assertThat(server.chunksUp + server.chunksDown).isEqualTo(chunks);
            assertThat(server.head() - head).as("a new folder, a moved one, a moved file").isEqualTo(3);
        }
    }

    @Test
    @Tag("C1")
    void smallEditIsQuickOnBothSides() throws Exception {
        try (Device one = device("one", 1); Device two = device("two", 2)) {
            for (int i = 0; i < 2_000; i++) {
                one.write("folder" + i / 100 + "/file" + i, "content of file " + i);
            }
            one.sync();
            two.sync();
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                one.write("folder7/file777", "edit " + i);
                long start = System.nanoTime();
                one.folder().sync(ScanScope.folders(Set.of(Path.of("folder7"))), HeadNews.KNOWN_HEAD);
                two.folder().sync(ScanScope.NOTHING, server.head());
                millis.add((System.nanoTime() - start) / 1_000_000);
                assertThat(two.read("folder7/file777")).isEqualTo("edit " + i);
            }
            Collections.sort(millis);
            assertThat(millis.get(10)).as("median of both sides together in ms, all: %s", millis).isLessThan(200);
        }
    }

    private Device device(String name, long seed) throws Exception {
        ClientDatabase database = new DerbyClientDatabaseProvider().open(temporary.resolve("database-" + name));
        databases.add(database);
        return new Device(name, temporary.resolve(name), server, database.trees(FolderId.random(new Random(seed))),
                seed);
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(ClientDatabase::close);
    }

    private static void writeNoise(Path path) throws IOException {
        Random random = new Random(5);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (int i = 0; i < BIG; i += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }
}
