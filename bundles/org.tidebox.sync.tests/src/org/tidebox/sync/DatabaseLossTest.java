package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;

/** The device's database is lost, or an old one comes back: both sides find each other again, and nothing doubles. */
@Tag("C1")
@Tag("C2")
class DatabaseLossTest {
    private static final FolderId FOLDER = FolderId.random(new Random(1));

    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    private long seed = 10;
    private ClientDatabase database;
    private Device one;
    private Device other;

    @BeforeEach
    void startDevices() throws Exception {
        other = new Device("other", temporary.resolve("other"), server, new MemoryTreeStore(), 2);
        one = new Device("one", temporary.resolve("one"), server, openDatabase("database"), 1);
        for (int i = 0; i < 30; i++) {
            one.write("dir " + i % 4 + "/file " + i, "text " + i % 7);
        }
        one.write("empty", "");
        one.write("Mode.sh", "echo");
        Files.setPosixFilePermissions(one.path("Mode.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(one.path("link"), Path.of("dir 1/file 1"));
        Files.createDirectories(one.path("hollow/inside"));
        settle();
    }

    @AfterEach
    void stopDevices() {
        one.close();
        other.close();
        database.close();
    }

    @Test
    void withoutADatabaseEqualFilesFindEachOtherAndNothingTravels() throws Exception {
        int live = server.live().size();
        long head = server.head();
        long chunks = server.chunksUp + server.chunksDown;
        restart(openDatabase("fresh"));
        settle();
        assertThat(server.live()).hasSize(live);
        assertThat(server.head()).as("no change was made").isEqualTo(head);
        assertThat(server.chunksUp + server.chunksDown).isEqualTo(chunks);
        assertNoConflict();
    }

    @Test
    void whatChangedMeanwhileIsTakenOnAndDifferentFilesAreBothKept() throws Exception {
        other.write("dir 1/file 1", "edited elsewhere");
        other.write("dir 0/new", "made elsewhere");
        Files.move(other.path("dir 2"), other.path("moved"));
        other.sync();
        one.write("dir 3/added", "made here");
        restart(openDatabase("fresh"));
        settle();
        assertThat(one.read("dir 0/new")).isEqualTo("made elsewhere");
        assertThat(other.read("dir 3/added")).isEqualTo("made here");
        assertThat(one.content().keySet()).filteredOn(name -> name.contains("conflict")).singleElement().asString()
                .startsWith("dir 1/file 1");
        assertThat(one.read("dir 1/file 1")).isEqualTo("edited elsewhere");
    }

    @Test
    void anOldDatabaseCatchesUp() throws Exception {
        copyDatabase("old");
        other.write("dir 1/file 1", "edited elsewhere, later");
        Files.delete(other.path("dir 1/file 5"));
        Files.move(other.path("dir 2"), other.path("dir 0/moved"));
        one.write("dir 3/file 3", "edited here, later");
        one.write("dir 3/added", "made here");
        Files.move(one.path("Mode.sh"), one.path("hollow/mode"));
        Files.delete(one.path("link"));
        settle();
        int live = server.live().size();
        long head = server.head();
        long chunks = server.chunksUp + server.chunksDown;
        restart(openDatabase("old"));
        settle();
        assertThat(server.live()).hasSize(live);
        assertThat(server.head()).as("no change was made").isEqualTo(head);
        assertThat(server.chunksUp + server.chunksDown).isEqualTo(chunks);
        assertNoConflict();
    }

    @Test
    void anOldDatabaseDoesNotUndoWhatHappenedSince() throws Exception {
        copyDatabase("old");
        other.write("dir 1/file 1", "second");
        settle();
        other.write("dir 1/file 1", "third");
        Files.delete(other.path("dir 1/file 9"));
        other.sync();
        one.write("dir 3/file 3", "edited here");
        restart(openDatabase("old"));
        settle();
        assertThat(one.read("dir 1/file 1")).isEqualTo("third");
        assertThat(other.read("dir 3/file 3")).isEqualTo("edited here");
        assertThat(Files.exists(one.path("dir 1/file 9"))).isFalse();
    }

    @Test
    void aRebuiltDatabaseDoesNotFillTheMountPointOfAMissingDisk() throws Exception {
        Files.move(one.path(""), temporary.resolve("unmounted"));
        Files.createDirectories(one.path(""));
        TreeStore fresh = openDatabase("fresh");
        SyncFolder.expectMarker(fresh);
        restart(fresh);
        assertThat(one.sync().stopped()).isTrue();
        assertThat(one.folder().status().state()).isEqualTo(FolderState.STOPPED_BY_VALVE);
        assertThat(one.content()).isEmpty();
        Files.delete(one.path(""));
        Files.move(temporary.resolve("unmounted"), one.path(""));
        settle();
        assertNoConflict();
    }

    private TreeStore openDatabase(String name) throws TreeStoreException {
        if (database != null) {
            database.close();
        }
        database = new DerbyClientDatabaseProvider().open(temporary.resolve("home").resolve(name));
        return database.trees(FOLDER);
    }

    /** Copies the database as a backup would while nothing runs; the device goes on with the present one. */
    private void copyDatabase(String name) throws Exception {
        database.close();
        Path from = temporary.resolve("home/database");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, temporary.resolve("home").resolve(name).resolve(from.relativize(file).toString()));
            }
        }
        restart(openDatabase("database"));
    }

    private void restart(TreeStore store) throws IOException {
        one.close();
        one = new Device("one", temporary.resolve("one"), server, store, ++seed);
    }

    private void settle() throws Exception {
        for (Device device : List.of(one, other, one, other)) {
            assertThat(device.sync().quiet()).as("quiet, status: %s", device.folder().status()).isTrue();
        }
        assertThat(one.content()).isEqualTo(other.content());
    }

    private void assertNoConflict() {
        assertThat(one.content().keySet()).noneMatch(name -> name.contains("conflict"));
        assertThat(one.folder().status().conflicts()).isEmpty();
    }
}
