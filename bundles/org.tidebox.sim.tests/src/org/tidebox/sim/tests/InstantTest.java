package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invariant 4 in the very instant: another program acts between the engine's last look at a file and its change. */
@Tag("C1")
class InstantTest extends OnTwoComputers {
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
        share("other", "other");
        share("a", "before");
        asUser(there, () -> Files.deleteIfExists(there.root().resolve("a")));
        sync(there);
        here.before("move /box/a ", () -> write(here, "a", "mine"));
        sync(here);
        assertAll("other", "mine");
    }

    @Test
    void fileThatIsEditedAndThenTakenOutWhileAnotherOneComesIsKeptBesideIt() throws Exception {
        share("other", "other");
        share("a", "before");
        asUser(there, () -> Files.deleteIfExists(there.root().resolve("a")));
        sync(there);
        here.before("move /box/a ", () -> {
            write(here, "a", "mine");
            here.before("hardlink /box/a ", () -> write(here, "a", "mine, again"));
        });
        sync(here);
        assertAll("other", "mine", "mine, again");
    }

    @Test
    void crashWhileAFileIsTakenOutLosesNothing() throws Exception {
        share("other", "other");
        share("a", "before");
        asUser(there, () -> Files.deleteIfExists(there.root().resolve("a")));
        sync(there);
        here.before("move /box/a ", () -> {
            write(here, "a", "mine");
            here.before("look /box/.tidebox/tmp/old", this::crash);
        });
        sync(here);
        assertAll("other", "mine");
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
                FileTime.fromMillis(1_700_000_000_000L)));
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
}
