package org.tidebox.sync.internal.mounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.tests.OnTwoDevices;

/** File systems that are mounted inside a sync folder, unmounted and exchanged, lose nothing and mix nothing up. */
@Tag("C1")
class MountsTest extends OnTwoDevices {
    private final List<Path> mounted = new ArrayList<>();

    @AfterEach
    void unmountAll() throws Exception {
        for (Path folder : mounted.reversed()) {
            run("umount", "-l", folder.toString());
        }
    }

    @Test
    void filesFromElsewhereArriveOnAFileSystemInside() throws Exception {
        mount("one", "usb");
        one.write("usb/mine", "here");
        assertSame();
        two.write("usb/theirs", "there");
        two.write("usb/deep/er", "there, too");
        assertSame();
        two.write("usb/mine", "edited there");
        Files.createSymbolicLink(two.path("usb/link"), Path.of("mine"));
        assertSame();
        Files.delete(two.path("usb/link"));
        Files.createSymbolicLink(two.path("usb/link"), Path.of("theirs"));
        Files.move(two.path("usb/theirs"), two.path("usb/deep/renamed"));
        Files.delete(two.path("usb/mine"));
        assertSame();
        assertThat(one.read("usb/deep/renamed")).isEqualTo("there");
    }

    @Test
    void anUnmountDeletesNothingAndAllGoesOnByItselfOnceItIsBack() throws Exception {
        mount("one", "usb");
        fill("usb", 20);
        one.write("beside", "1");
        assertSame();
        unmount("usb");
        assertAsks("path=usb,", "Missing[", "entries=20]");
        two.sync();
        assertThat(two.content()).hasSize(22);
        two.write("beside", "2");
        two.write("usb/3", "edited there");
        two.write("usb/new", "made there");
        two.sync();
        assertAsks("Missing[");
        assertThat(one.read("beside")).isEqualTo("2");
        assertThat(one.path("usb")).isEmptyDirectory();
        one.start();
        assertAsks("Missing[");
        Files.writeString(one.path("usb/into the bare folder"), "not for the others");
        assertAsks("Missing[");
        mount("one", "usb");
        one.write("usb/4", "edited here");
        one.write("usb/made", "here");
        assertSame();
        assertThat(two.content()).hasSize(24);
        assertThat(one.read("usb/3")).isEqualTo("edited there");
        assertThat(two.read("usb/4")).isEqualTo("edited here");
        assertThat(one.sync().done().changesUp()).isZero();
    }

    @Test
    void whatARunMetTellsThatTheDiskIsGoneThoughNobodyElseEverSawIt() throws Exception {
        String bare = SyncFolder.ground(one.path(""));
        assertThat(one.folder().groundSeen()).isEmpty();
        mount("one", "usb");
        fill("usb", 3);
        one.sync();
        assertThat(one.folder().groundSeen()).isEqualTo(SyncFolder.ground(one.path(""))).isNotEqualTo(bare);
        unmount("usb");
        assertThat(SyncFolder.ground(one.path(""))).isEqualTo(bare).isNotEqualTo(one.folder().groundSeen());
        assertAsks("Missing[");
        assertThat(one.folder().groundSeen()).isEqualTo(bare);
    }

    @Test
    void whoSaysSoGoesOnWithoutIt() throws Exception {
        mount("one", "usb");
        fill("usb", 60);
        one.write("beside", "1");
        assertSame();
        unmount("usb");
        assertAsks("Missing[");
        assertThat(one.folder().resume().orElseThrow().isAnswerable()).isTrue();
        assertThat(one.sync().quiet()).isTrue();
        assertSame();
        assertThat(two.content()).containsOnlyKeys("usb", "beside");
    }

    @Test
    void yesToOneMissingFileSystemIsNoYesToAnother() throws Exception {
        mount("one", "usb");
        mount("one", "card");
        fill("usb", 3);
        fill("card", 3);
        assertSame();
        unmount("usb");
        assertAsks("path=usb,");
        one.folder().resume();
        unmount("card");
        assertAsks("path=usb,", "path=card,");
        assertThat(server.live()).hasSize(8);
    }

    @Test
    void anotherFileSystemInItsPlaceIsNotTakenForIt() throws Exception {
        mount("one", "usb");
        fill("usb", 5);
        assertSame();
        unmount("usb");
        mount("other", "usb");
        one.write("usb/3", "of the other one");
        one.write("usb/private", "of the other one");
        assertAsks("Other[");
        two.sync();
        assertThat(two.content()).hasSize(6);
        unmount("usb");
        mount("one", "usb");
        assertSame();
        assertThat(two.content()).hasSize(6);
        assertThat(two.read("usb/3")).isEqualTo("text 3");
        unmount("usb");
        mount("other", "usb");
        assertAsks("Other[");
        one.folder().resume();
        assertSame();
        assertThat(two.content()).containsOnlyKeys("usb", "usb/3", "usb/private");
    }

    @Test
    void whatAMountHidesIsNotGone() throws Exception {
        fill("usb", 5);
        assertSame();
        mount("one", "usb");
        one.write("usb/of the disk", "1");
        assertAsks("Covering[", "entries=5]");
        one.start();
        two.write("usb/new", "made there");
        two.sync();
        assertAsks("Covering[");
        assertThat(two.content()).hasSize(7);
        unmount("usb");
        assertSame();
        assertThat(one.content()).hasSize(7).doesNotContainKey("usb/of the disk");
        mount("one", "usb");
        assertAsks("Covering[", "entries=6]");
        one.folder().resume();
        assertSame();
        assertThat(two.content()).containsOnlyKeys("usb", "usb/of the disk");
    }

    @Test
    void aFolderThatWasMovedOntoADiskOfItsOwnIsTheSame() throws Exception {
        fill("photos", 5);
        assertSame();
        mount("one", "new");
        run("cp", "-a", one.path("photos") + "/.", one.path("new").toString());
        unmount("new");
        one.sync();
        mount("one", "photos");
        assertAsks("Covering[", "entries=5]");
        long before = server.live().size();
        one.folder().resume();
        assertThat(one.sync().done().filesUp()).isZero();
        assertThat(server.live()).hasSize((int) before);
    }

    @Test
    void aMountPointThatGoesWithItsFileSystemIsMissingToo() throws Exception {
        mount("one", "media/usb");
        fill("media/usb", 5);
        assertSame();
        unmount("media/usb");
        removeTree(one.path("media"));
        assertAsks("path=media/usb,", "entries=5]");
        assertAsks("path=media/usb,", "entries=5]");
        two.sync();
        assertThat(two.content()).hasSize(7);
        mount("one", "media/usb");
        assertSame();
        assertThat(two.content()).hasSize(7);
    }

    @Test
    void aFileSystemThatIsMountedElsewhereInsideIsMoved() throws Exception {
        mount("one", "usb");
        fill("usb", 5);
        assertSame();
        unmount("usb");
        mount("one", "stick");
        one.sync();
        settle();
        Files.delete(one.path("usb"));
        assertSame();
        assertThat(two.content()).hasSize(6).containsKey("stick/3");
        assertThat(server.live()).hasSize(6);
    }

    @Test
    void aBindMountOfTheSameFileSystemIsOneOfItsOwn() throws Exception {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        bind(elsewhere, "bound");
        fill("bound", 5);
        assertSame();
        two.write("bound/new", "made there");
        two.write("bound/1", "edited there");
        Files.delete(two.path("bound/2"));
        assertSame();
        assertThat(elsewhere.resolve("new")).hasContent("made there");
        unmount("bound");
        assertAsks("path=bound,", "Missing[");
        Files.writeString(elsewhere.resolve("3"), "edited meanwhile");
        bind(elsewhere, "bound");
        assertSame();
        assertThat(two.read("bound/3")).isEqualTo("edited meanwhile");
    }

    @Test
    void equalInodeNumbersOfTwoFileSystemsAreNotMixedUp() throws Exception {
        mount("one", "first");
        one.write("first/folder/a", "of the first");
        assertSame();
        mount("two", "second");
        one.write("second/folder/a", "of the 2nd..");
        run("touch", "-r", one.path("first/folder/a").toString(), one.path("second/folder/a").toString());
        assertThat(Files.getAttribute(one.path("first/folder"), "unix:ino"))
                .isEqualTo(Files.getAttribute(one.path("second/folder"), "unix:ino"));
        removeTree(one.path("first/folder"));
        assertSame();
        assertThat(two.content()).containsOnlyKeys("first", "second", "second/folder", "second/folder/a");
        assertThat(two.read("second/folder/a")).isEqualTo("of the 2nd..");
    }

    @Test
    void filesMovedFromOneFileSystemToAnotherMoveElsewhereToo() throws Exception {
        mount("one", "usb");
        fill("usb/folder", 3);
        one.write("inside", "1");
        assertSame();
        run("mv", one.path("usb/folder").toString(), one.path("moved").toString());
        run("mv", one.path("inside").toString(), one.path("usb/outside").toString());
        assertSame();
        Files.move(two.path("moved/1"), two.path("usb/1"));
        Files.move(two.path("usb/outside"), two.path("moved/back"));
        assertSame();
        Files.move(two.path("moved"), two.path("usb/folder"));
        assertSame();
        assertThat(one.read("usb/folder/back")).isEqualTo("1");
    }

    @Test
    void aFileSystemThatCannotHoldTemporaryFilesSaysSo() throws Exception {
        mount("one", "usb");
        fill("usb", 2);
        unmount("usb");
        Path disk = temporary.resolve("disks/one");
        run("mount", "--bind", "-o", "ro", disk.toString(), one.path("usb").toString());
        mounted.add(one.path("usb"));
        run("mount", "-o", "remount,bind,ro", one.path("usb").toString());
        settle();
        assertThat(two.content()).hasSize(3);
        two.write("usb/new", "made there");
        two.sync();
        one.sync();
        assertThat(one.folder().status().problems()).singleElement().extracting(Object::toString).asString()
                .contains("NoTemporaryFolder[top=usb").contains("read-only file system");
        unmount("usb");
        assertAsks("Missing[");
    }

    @Test
    void aDiskInsideWithACoarseClockLosesNoEditOfTheSameSecond() throws Exception {
        Path image = temporary.resolve("image");
        run("truncate", "-s", "8M", image.toString());
        run("mkfs.ext4", "-q", "-F", "-I", "128", image.toString());
        Path folder = Files.createDirectory(one.path("old disk"));
        run("mount", "-o", "loop", image.toString(), folder.toString());
        mounted.add(folder);
        removeTree(folder.resolve("lost+found"));
        for (String value : List.of("value=1", "value=2", "value=3")) {
            one.write("old disk/value", value);
            // What changed in the tick of the last look is looked at again once that is over.
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                one.sync();
                two.sync();
                assertThat(two.read("old disk/value")).isEqualTo(value);
            });
        }
    }

    private void assertAsks(String... texts) throws Exception {
        SyncReport report = one.sync();
        assertThat(report.stopped()).as("stopped, status: %s", one.folder().status()).isTrue();
        assertThat(one.folder().status().state()).isEqualTo(FolderState.STOPPED_BY_VALVE);
        assertThat(one.folder().status().message()).asString().contains(texts);
    }

    private void fill(String folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            one.write(folder + "/" + i, "text " + i);
        }
    }

    /** Mounts a disk in memory; one with the same name holds what it held. */
    private void mount(String disk, String folder) throws Exception {
        Path kept = temporary.resolve("disks").resolve(disk);
        if (Files.notExists(kept)) {
            Files.createDirectories(kept);
            run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", kept.toString());
            mounted.add(kept);
        }
        bind(kept, folder);
    }

    private void bind(Path disk, String folder) throws Exception {
        Path path = Files.createDirectories(one.path(folder));
        run("mount", "--bind", disk.toString(), path.toString());
        mounted.add(path);
    }

    private void unmount(String folder) throws Exception {
        run("umount", "-l", one.path(folder).toString());
        mounted.remove(one.path(folder));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeTrue(process.waitFor() == 0, "only root can mount a disk on Linux: " + said);
    }

}
