package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sim.tests.disk.Crash;
import org.tidebox.sim.tests.disk.SimDisk;
import org.tidebox.sync.ScanScope;
import org.tidebox.sync.SyncFolder;

/** Invariant 4 in the very instant: another program acts between the engine's last look at a file and its change. */
@Tag("C1")
class InstantTest {
    private World world;
    private SimDevice here;
    private SimDevice there;

    @BeforeEach
    void start() throws Exception {
        Script script = Script.of(twoDevicesWithLinks());
        world = new World(script.with(List.of()));
        here = world.devices().get(0);
        there = world.devices().get(1);
    }

    private static long twoDevicesWithLinks() throws Exception {
        for (long seed = 0;; seed++) {
            try (World world = new World(Script.of(seed))) {
                if (world.devices().size() == 2 && world.devices().stream().allMatch(SimDevice::hasLinks)) {
                    return seed;
                }
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void fileThatAppearsWhereADownloadGoesStays() throws Exception {
        write(there, "a", "theirs");
        sync(there);
        here.before("hardlink /box/a ", () -> write(here, "a", "mine"));
        sync(here);
        assertAll("mine", "theirs");
    }

    @Test
    void fileThatIsEditedBeforeItsReplacementBecomesACopy() throws Exception {
        share("a", "before");
        write(there, "a", "theirs");
        sync(there);
        here.before("replace ", () -> write(here, "a", "mine"));
        sync(here);
        assertAll("mine", "theirs");
    }

    @Test
    void fileThatIsSavedByRenameBeforeItIsKeptBecomesACopy() throws Exception {
        share("a", "before");
        write(there, "a", "theirs");
        sync(there);
        here.before("hardlink /box/.tidebox/tmp/old", () -> saveByRename("a", "mine"));
        sync(here);
        assertAll("mine", "theirs");
    }

    @Test
    void programThatWritesOnInAReplacedFileLosesNothingUntilTheBatchEnds() throws Exception {
        share("a", "before");
        write(there, "a", "theirs");
        sync(there);
        Path kept = here.root().resolve(".tidebox/tmp");
        here.before("look /box/.tidebox/tmp/old", () -> asUser(here, () -> {
            try (var files = Files.list(kept)) {
                Path open = files.filter(path -> path.getFileName().toString().startsWith("old")).findAny()
                        .orElseThrow();
                return Files.writeString(open, world.texts().written("mine"));
            }
        }));
        sync(here);
        assertAll("mine", "theirs");
    }

    @Test
    void crashRightAfterAnEditBeforeTheReplacementLosesNothing() throws Exception {
        share("a", "before");
        write(there, "a", "theirs");
        sync(there);
        here.before("replace ", () -> {
            write(here, "a", "mine");
            here.before("look /box/.tidebox/tmp/old", this::crash);
        });
        sync(here);
        assertAll("mine", "theirs");
    }

    @Test
    void fileThatIsEditedBeforeItsRemovalStays() throws Exception {
        share("a", "before");
        asUser(there, () -> Files.deleteIfExists(there.root().resolve("a")));
        sync(there);
        here.before("move /box/a ", () -> write(here, "a", "mine"));
        sync(here);
        assertAll("mine");
    }

    @Test
    void fileThatIsEditedAndThenTakenOutWhileAnotherOneComesIsKeptBesideIt() throws Exception {
        share("a", "before");
        asUser(there, () -> Files.deleteIfExists(there.root().resolve("a")));
        sync(there);
        here.before("move /box/a ", () -> {
            write(here, "a", "mine");
            here.before("hardlink /box/a ", () -> write(here, "a", "mine, again"));
        });
        sync(here);
        assertAll("mine", "mine, again");
    }

    @Test
    void crashWhileAFileIsTakenOutLosesNothing() throws Exception {
        share("a", "before");
        asUser(there, () -> Files.deleteIfExists(there.root().resolve("a")));
        sync(there);
        here.before("move /box/a ", () -> {
            write(here, "a", "mine");
            here.before("look /box/.tidebox/tmp/old", this::crash);
        });
        sync(here);
        assertAll("mine");
    }

    @Test
    void fileThatAppearsWhereAnotherIsMovedStays() throws Exception {
        share("a", "moved");
        asUser(there, () -> Files.move(there.root().resolve("a"), there.root().resolve("b")));
        sync(there);
        here.before("hardlink /box/b ", () -> write(here, "b", "mine"));
        sync(here);
        assertAll("mine", "moved");
    }

    @Test
    void linkThatAppearsWhereAFileIsMovedStays() throws Exception {
        share("a", "moved");
        asUser(there, () -> Files.move(there.root().resolve("a"), there.root().resolve("b")));
        sync(there);
        here.before("hardlink /box/b ", () -> asUser(here,
                () -> Files.createSymbolicLink(here.root().resolve("b"), here.root().resolve("somewhere"))));
        sync(here);
        assertAll("moved");
        assertThat(here.content().values()).contains("link /box/somewhere");
    }

    @Test
    void crashInTheMiddleOfAMoveBringsTheFileBack() throws Exception {
        share("a", "moved");
        asUser(there, () -> Files.move(there.root().resolve("a"), there.root().resolve("b")));
        sync(there);
        here.before("hardlink /box/b ", this::crash);
        sync(here);
        assertAll("moved");
        assertThat(here.content()).containsOnlyKeys("b");
    }

    @Test
    void editThatIsOlderThanATimeOfOursIsSeen() throws Exception {
        share("a", "before");
        asUser(there, () -> Files.setLastModifiedTime(there.root().resolve("a"),
                java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_000L)));
        sync(there);
        here.before("attributes /box/a", () -> write(here, "a", "inside"));
        sync(here);
        assertAll("inside");
    }

    @Test
    void modeOfANewFolderThatSomebodyChangesAtOnceIsTheirs() throws Exception {
        asUser(there, () -> Files.createDirectory(there.root().resolve("folder")));
        sync(there);
        Path folder = here.root().resolve("folder");
        here.before("attributes /box/folder", () -> here.before("look /box/folder", () -> asUser(here,
                () -> Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------")))));
        sync(here);
        assertAll();
        assertThat(there.content()).containsEntry("folder", "folder rwx------");
    }

    /** All becomes quiet and the same, the edit in the instant took place, and these are the contents. */
    private void assertAll(String... contents) throws Exception {
        assertThat(here.hasHappened()).isTrue();
        world.settle();
        new Invariants(world).check();
        assertThat(here.content().values().stream().filter(entry -> entry.startsWith("file"))
                .map(entry -> entry.split(" ", 4)[3])).containsExactlyInAnyOrder(contents);
    }

    private void share(String name, String text) throws Exception {
        write(there, name, text);
        sync(there);
        sync(here);
        // A file that was just written is looked at once more.
        here.tick();
        sync(there);
        world.texts().destroyed(text);
        assertThat(here.content()).isEqualTo(there.content());
    }

    private void crash() {
        here.disk().fail();
        throw new Crash("the instant");
    }

    private void saveByRename(String name, String text) {
        asUser(here, () -> {
            Path fresh = Files.writeString(here.root().resolve("save.tmp"), world.texts().written(text));
            return Files.move(fresh, here.root().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private void write(SimDevice device, String name, String text) {
        asUser(device, () -> {
            Path path = device.root().resolve(name);
            if (Files.exists(path)) {
                world.texts().destroyed(SimDevice.text(path));
            }
            return Files.write(path, world.texts().written(text).getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    private static void asUser(SimDevice device, SimDisk.Deed<?> deed) {
        try {
            device.disk().asUser(deed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sync(SimDevice device) throws Exception {
        device.tick();
        device.sync(ScanScope.EVERYTHING, SyncFolder.UNKNOWN_HEAD, Weather.calm());
    }
}
