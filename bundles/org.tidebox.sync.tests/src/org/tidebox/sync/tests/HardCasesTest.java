package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.FolderState;
import org.tidebox.sync.FolderStatus;
import org.tidebox.sync.Problem;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.ScanScope;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.SyncReport;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** What people, disks and bad servers do to a folder. */
@Tag("C1")
@Tag("D1")
class HardCasesTest {
    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    private final Random random = new Random(9);
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
    void equalFilesMadeOnBothSidesAreNoConflict() throws Exception {
        one.write("dir/same", "equal");
        two.write("dir/same", "equal");
        quiet();
        assertThat(one.content()).containsOnlyKeys("dir", "dir/same");
        assertThat(two.folder().status().conflicts()).isEmpty();
    }

    @Test
    void namesSwapOnBothSides() throws Exception {
        one.write("a", "was a");
        one.write("b", "was b, longer");
        quiet();
        long chunks = server.chunksUp + server.chunksDown;
        swap(one.path("a"), one.path("b"));
        quiet();
        assertThat(two.read("a")).isEqualTo("was b, longer");
        assertThat(server.chunksUp + server.chunksDown).isEqualTo(chunks);
    }

    @Test
    void foldersMovedIntoEachOtherOnTwoDevicesMakeNoCycle() throws Exception {
        one.write("a/x", "1");
        one.write("b/y", "2");
        quiet();
        Files.move(one.path("a"), one.path("b/a"));
        Files.move(two.path("b"), two.path("a/b"));
        quiet();
        assertThat(one.content().keySet()).contains("b/a/x", "b/y");
    }

    @Test
    void editBeatsDeletionInBothDirections() throws Exception {
        one.write("dir/a", "1");
        one.write("dir/b", "1");
        quiet();
        removeTree(one.path("dir"));
        two.write("dir/a", "edited");
        quiet();
        assertThat(one.content()).containsOnlyKeys("dir", "dir/a");
        one.write("dir/a", "edited again");
        removeTree(two.path("dir"));
        two.sync();
        quiet();
        assertThat(two.read("dir/a")).isEqualTo("edited again");
    }

    @Test
    void fileAndFolderTakeEachOthersPlace() throws Exception {
        one.write("thing", "a file");
        one.write("other/file", "1");
        quiet();
        Files.delete(one.path("thing"));
        one.write("thing/inside", "now a folder");
        removeTree(one.path("other"));
        one.write("other", "now a file");
        quiet();
        assertThat(two.content()).containsOnlyKeys("thing", "thing/inside", "other");
    }

    @Test
    void readOnlyFoldersAreFilledAndEmptied() throws Exception {
        one.write("locked/file", "1");
        Files.setPosixFilePermissions(one.path("locked"), PosixFilePermissions.fromString("r-xr-xr-x"));
        quiet();
        assertThat(two.content().get("locked")).isEqualTo("folder r-xr-xr-x");
        Files.setPosixFilePermissions(one.path("locked"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(one.path("locked/file"));
        quiet();
        assertThat(two.content()).containsOnlyKeys("locked");
    }

    @Test
    void hardNamesTravel() throws Exception {
        List<String> names = List.of("new\nline", "tab\there", " leading", "trailing ", "-dash", "quote'\"", "ünïcödé",
                "日本語", "😀",
                "a\u0001b", "x".repeat(255), "con", "a:b", "back\\slash", "~", "...", ".hidden");
        for (String name : names) {
            one.write(name, name);
        }
        quiet();
        assertThat(two.content().keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void decomposedNamesTravelComposedAndStayAsTheyAreHere() throws Exception {
        one.write("u\u0308ber", "1");
        quiet(false);
        assertThat(two.content()).containsOnlyKeys("\u00fcber");
        assertThat(one.content()).containsOnlyKeys("u\u0308ber");
        one.write("\u00fcber", "a twin");
        one.sync();
        assertThat(one.folder().status().problems()).singleElement().extracting(Problem::path).isEqualTo("\u00fcber");
        two.write("\u00fcber", "edited");
        quiet(false);
        assertThat(one.read("u\u0308ber")).isEqualTo("edited");
    }

    @Test
    void specialFilesAreListed() throws Exception {
        one.write("file", "1");
        new ProcessBuilder("mkfifo", one.path("pipe").toString()).start().waitFor();
        quiet(false);
        assertThat(two.content()).containsOnlyKeys("file");
        assertThat(one.folder().status().problems()).singleElement().extracting(Problem::path).isEqualTo("pipe");
        Files.delete(one.path("pipe"));
        one.sync();
        assertThat(one.folder().status().problems()).isEmpty();
    }

    @Test
    void emptiedOrMissingRootDeletesNothing() throws Exception {
        one.write("a", "1");
        one.write("dir/b", "1");
        quiet();
        removeTree(one.path(""));
        assertStopped("is not there");
        Files.createDirectory(one.path(""));
        assertStopped("lost its marker");
        assertThat(server.live()).hasSize(3);
        one.folder().resume();
        quiet();
        assertThat(two.content()).isEmpty();
    }

    @Test
    void massDeletionAsks() throws Exception {
        for (int i = 0; i < 100; i++) {
            one.write("f" + i, "text " + i);
        }
        quiet();
        for (int i = 0; i < 60; i++) {
            Files.delete(one.path("f" + i));
        }
        assertStopped("60 of 100");
        assertThat(server.live()).hasSize(100);
        one.folder().resume();
        one.sync();
        assertThat(server.live()).hasSize(40);
        assertThat(two.sync().stopped()).isTrue();
        two.folder().resume();
        quiet();
    }

    @Test
    void hostileServerCannotReachOutsideTheRoot() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Recipe empty = new Recipe("fastcdc", 0, List.of());
        Attributes attributes = new Attributes(0644, 1_000_000_000);
        for (String name : List.of("..", "../outside/evil", "/etc/evil", ".tidebox", "a\0b", "")) {
            server.inject(Node.file(NodeId.random(random), NodeId.ROOT, name, attributes, empty));
        }
        NodeId link = NodeId.random(random);
        server.inject(Node.link(link, NodeId.ROOT, "link", attributes, outside.toString()));
        server.inject(Node.file(NodeId.random(random), link, "evil", attributes, empty));
        NodeId loop = NodeId.random(random);
        server.inject(Node.folder(loop, loop, "loop", attributes));
        server.inject(Node.file(NodeId.random(random), NodeId.ROOT, "fine", attributes, empty));
        one.sync();
        assertThat(one.content()).containsOnlyKeys("link", "fine");
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).isEmpty();
        }
        assertThat(Files.exists(temporary.resolve("evil"))).isFalse();
        assertThat(one.folder().status().problems()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void folderReplacedByLinkIsNotWrittenThrough() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        one.write("dir/a", "1");
        quiet();
        two.write("dir/b", "2");
        two.sync();
        Files.move(one.path("dir"), temporary.resolve("elsewhere"));
        Files.createSymbolicLink(one.path("dir"), outside);
        one.folder().sync(ScanScope.NOTHING, SyncFolder.UNKNOWN_HEAD);
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).isEmpty();
        }
        quiet();
    }

    @Test
    void lostChunkIsAProblemOfItsFileOnly() throws Exception {
        one.write("good", "good content");
        one.write("bad", "bad content");
        one.sync();
        server.live().stream().filter(node -> node.name().equals("bad"))
                .forEach(node -> server.forget(node.recipe().entries().getFirst().id()));
        SyncReport report = two.sync();
        assertThat(report.quiet()).isTrue();
        assertThat(two.content()).containsOnlyKeys("good");
        assertThat(two.folder().status().problems()).singleElement().extracting(Problem::path).isEqualTo("bad");
        assertThat(two.folder().retryAt()).isPresent();
    }

    @Test
    @Tag("P3")
    void fileThatDoesNotFitIsToldAndNotFetchedAndComesOnceThereIsRoom() throws Exception {
        byte[] large = new byte[3 << 20];
        random.nextBytes(large);
        Files.write(one.path("large"), large);
        one.write("small", "fits");
        one.sync();
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(4 << 20).build());
                Device full = new Device("full", files.getPath("/box"), server, new MemoryTreeStore(), 3)) {
            Files.write(files.getPath("/filler"), new byte[2 << 20]);
            full.sync();
            assertThat(full.content()).containsOnlyKeys("small");
            assertThat(full.folder().status().problems()).singleElement().asString().contains("large", "no space left");
            assertThat(server.bytesDown).isLessThan(100);
            Files.delete(files.getPath("/filler"));
            full.folder().retryNow();
            full.sync();
            assertThat(full.content()).containsOnlyKeys("small", "large");
            assertThat(full.folder().status().problems()).isEmpty();
        }
    }

    @Test
    void editAfterACrashIsNoConflictWithTheEditSentBeforeIt() throws Exception {
        CrashingStore store = new CrashingStore(new MemoryTreeStore());
        try (Device crashing = new Device("crashing", temporary.resolve("crashing"), server, store, 3)) {
            for (int writes = 0; writes < 8; writes++) {
                crashing.write("note", "before the crash at write " + writes);
                crashing.write("new " + writes, "before the crash");
                store.crashAfter(writes);
                try {
                    crashing.sync();
                } catch (TreeStoreException e) {
                    assertThat(e).hasMessage("crashed");
                }
                store.mend();
                crashing.start();
                crashing.write("note", "after the crash at write " + writes + ", longer");
                crashing.write("new " + writes, "after the crash, longer");
                crashing.sync();
                assertThat(crashing.content().keySet()).noneMatch(name -> name.contains("conflict"));
            }
            quiet();
            assertThat(one.content()).isEqualTo(crashing.content());
        }
    }

    @Test
    void deletionElsewhereCountsForAFileThatWasReadRightAfterItWasWritten() throws Exception {
        Instant frozen = SystemTime.clock().instant();
        boolean[] isFrozen = {true};
        try (Device quick = new Device("quick", temporary.resolve("quick"), server, new MemoryTreeStore(), 3,
                () -> isFrozen[0] ? frozen : SystemTime.clock().instant())) {
            quick.write("dir/file", "1");
            quick.sync();
            isFrozen[0] = false;
            two.sync();
            removeTree(two.path("dir"));
            two.sync();
            quick.folder().sync(ScanScope.NOTHING, SyncFolder.UNKNOWN_HEAD);
            assertThat(quick.content()).isEmpty();
            assertThat(server.live()).isEmpty();
        }
    }

    @Test
    void leftoversOfACrashAreRemoved() throws Exception {
        one.sync();
        Files.writeString(one.path(".tidebox/tmp/left"), "over");
        one.start();
        one.sync();
        assertThat(Files.exists(one.path(".tidebox/tmp/left"))).isFalse();
    }

    @Test
    void closedFolderRunsNoMore() throws Exception {
        one.folder().close();
        assertThatThrownBy(one::sync).isInstanceOf(InterruptedException.class);
    }

    @Test
    void unreachableServerIsAnErrorThatPasses() throws Exception {
        one.write("a", "1");
        server.failIn(0);
        assertThatThrownBy(one::sync).isInstanceOf(RemoteException.class);
        assertThat(one.folder().status().state()).isEqualTo(FolderState.ERROR);
        quiet();
        assertThat(one.folder().status().isQuiet()).isTrue();
    }

    @Test
    @Tag("C4")
    void equalSequencesMoveNothing() throws Exception {
        one.write("a", "1");
        quiet();
        int requests = server.requests();
        one.folder().sync(ScanScope.EVERYTHING, server.head());
        assertThat(server.requests()).isEqualTo(requests);
    }

    @Test
    void smallEditTakesOneRequestHereAndTwoThere() throws Exception {
        one.write("dir/a", "1");
        quiet();
        int requests = server.requests();
        one.write("dir/a", "22");
        one.folder().sync(ScanScope.folders(Set.of(Path.of("dir"))), SyncFolder.KNOWN_HEAD);
        assertThat(server.requests() - requests).isEqualTo(1);
        two.folder().sync(ScanScope.NOTHING, server.head());
        assertThat(server.requests() - requests).isEqualTo(3);
        assertThat(two.read("dir/a")).isEqualTo("22");
    }

    @Test
    void caseTwinsAreListedWhereTheDiskCannotHoldThem() throws Exception {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.osX());
                Device mac = new Device("mac", files.getPath("/mac"), server, new MemoryTreeStore(), 3)) {
            one.write("Readme", "big");
            one.write("readme", "small");
            one.write("other", "1");
            one.sync();
            mac.sync();
            assertThat(mac.content()).hasSize(2).containsKey("other");
            assertThat(mac.folder().status().problems()).singleElement().extracting(Problem::reason).asString()
                    .contains("but for case");
            one.sync();
            assertThat(one.content()).hasSize(3);
        }
    }

    @Test
    void windowsCannotHoldSomeNamesAndSaysSo() throws Exception {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.windows());
                Device windows = new Device("windows", files.getPath("C:\\box"), server, new MemoryTreeStore(), 3)) {
            one.write("a:b/inside", "1");
            one.write("fine", "1");
            one.sync();
            windows.sync();
            assertThat(windows.content()).containsOnlyKeys("fine");
            assertThat(windows.folder().status().problems()).hasSize(2);
            one.sync();
            assertThat(one.content()).hasSize(3);
        }
    }

    private void assertStopped(String reason) throws Exception {
        assertThat(one.sync().stopped()).isTrue();
        FolderStatus status = one.folder().status();
        assertThat(status.state()).isEqualTo(FolderState.STOPPED_BY_VALVE);
        assertThat(status.message()).contains(reason);
    }

    private void quiet() throws Exception {
        quiet(true);
    }

    private void quiet(boolean same) throws Exception {
        for (Device device : List.of(one, two, one, two)) {
            assertThat(device.sync().quiet()).as("quiet, status: %s", device.folder().status()).isTrue();
        }
        if (same) {
            assertThat(one.content()).isEqualTo(two.content());
        }
    }

    private static void swap(Path one, Path other) throws IOException {
        Path aside = one.resolveSibling("aside");
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other);
    }

    private static void removeTree(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
