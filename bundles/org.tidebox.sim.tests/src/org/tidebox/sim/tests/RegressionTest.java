package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.tree.Node;

/**
 * What random histories found once, told step by step: a seed would mean another history as soon as the simulation
 * learns something new.
 */
@Tag("C1")
class RegressionTest extends OnTwoComputers {
    private static final int MOST_CALLS = 200;

    /** Wherever the first run of a folder ends, the next one goes on. */
    @Test
    void crashWhileTheRootIsMarkedLeavesAFolderThatWorks() throws Exception {
        write(there, "a", "theirs");
        sync(there);
        boolean crashed = true;
        for (int call = 1; crashed && call < MOST_CALLS; call++) {
            stop();
            start();
            write(there, "a", "theirs");
            sync(there);
            crashed = syncWithCrash(call);
            world.settle();
            new Invariants(world).check();
        }
        assertThat(crashed).as("the last run came to its end").isFalse();
    }

    /** Returns whether the engine came as far as that call. */
    private boolean syncWithCrash(int call) throws Exception {
        int[] left = {call};
        here.before("", new Runnable() {
            @Override
            public void run() {
                if (--left[0] == 0) {
                    crash();
                }
                here.before("", this);
            }
        });
        sync(here);
        here.nothingMore();
        return left[0] <= 0;
    }

    /** Guards {@code DiskStamp.kept}. */
    @Test
    void editBetweenAMoveOfOursAndTheLookAfterItIsSeen() throws Exception {
        share("a", "before");
        asUser(there, () -> Files.move(there.root().resolve("a"), there.root().resolve("b")));
        sync(there);
        here.before("hardlink /box/b ", () -> here.before("look /box/b", () -> write(here, "b", "edited")));
        sync(here);
        assertAll("edited");
    }

    /** Guards the look at a file's inode before a rename: an edit that set the time back came before it. */
    @Test
    void editBeforeAMoveOfOursThatSetTheTimeBackIsSeen() throws Exception {
        share("a", "before");
        asUser(there, () -> Files.move(there.root().resolve("a"), there.root().resolve("b")));
        sync(there);
        Path file = here.root().resolve("a");
        here.before("request changes", () -> asUser(here, () -> {
            var time = Files.getLastModifiedTime(file);
            Files.writeString(file, world.texts().written("edited"));
            return Files.setLastModifiedTime(file, time);
        }));
        sync(here);
        assertAll("edited");
    }

    /** Guards that a rename, or a change of mode, does not explain a changed inode. */
    @Test
    void editThatSetTheTimeBackAndWasRenamedIsSeen() throws Exception {
        share("a", "before");
        asUser(here, () -> {
            Path file = here.root().resolve("a");
            var time = Files.getLastModifiedTime(file);
            Files.writeString(file, world.texts().written("edited"));
            Files.setLastModifiedTime(file, time);
            return Files.move(file, here.root().resolve("b"));
        });
        assertAfter("edited");
    }

    /** Guards that a removal which finds nothing to remove still tells the tree. */
    @Test
    void folderGoesThoughItsFileWasGoneAlready() throws Exception {
        asUser(there, () -> Files.createDirectory(there.root().resolve("folder")));
        share("folder/a", "before");
        share("other", "other");
        asUser(there, () -> {
            Files.delete(there.root().resolve("folder/a"));
            Files.delete(there.root().resolve("folder"));
            return null;
        });
        sync(there);
        here.before("request changes",
                () -> asUser(here, () -> Files.deleteIfExists(here.root().resolve("folder/a"))));
        sync(here);
        assertAll("other");
        assertThat(here.content()).containsOnlyKeys("other");
    }

    /** Guards that a folder which is gone already is not forgotten before an entry in it that could not be removed. */
    @Test
    void folderIsNotForgottenBeforeWhatCouldNotBeRemovedFromIt() throws Exception {
        asUser(there, () -> Files.createDirectory(there.root().resolve("folder")));
        share("folder/a", "one");
        share("folder/b", "two");
        share("other", "other");
        Path folder = here.root().resolve("folder");
        asUser(there, () -> deleteAll(there.root().resolve("folder")));
        sync(there);
        // The first look finds the entry, the second one finds nothing any more, and so does that at the folder.
        here.before("request changes", () -> here.before("look /box/folder/",
                () -> here.before("look /box/folder", () -> asUser(here, () -> deleteAll(folder)))));
        sync(here);
        assertAll("other");
        assertThat(here.content()).containsOnlyKeys("other");
    }

    private static Path deleteAll(Path folder) throws IOException {
        Files.delete(folder.resolve("a"));
        Files.delete(folder.resolve("b"));
        Files.delete(folder);
        return folder;
    }

    /** Guards the second look of a scan at the folders that changed while it went on. */
    @Test
    void fileThatMovesDuringAScanStaysTheNodeThatItWas() throws Exception {
        asUser(there, () -> Files.createDirectory(there.root().resolve("a")));
        asUser(there, () -> Files.createDirectory(there.root().resolve("b")));
        share("b/file", "moved");
        Node before = file();
        for (String from : List.of("b", "a", "b", "a")) {
            String to = from.equals("a") ? "b" : "a";
            here.before("list /box/" + from, () -> {
                here.tick();
                asUser(here, () -> Files.move(here.root().resolve(from + "/file"), here.root().resolve(to + "/file")));
            });
            here.sync(ScanScope.folders(Set.of(Path.of("a"), Path.of("b"))), HeadNews.KNOWN, Weather.calm());
            assertAll("moved");
            assertThat(file().id()).isEqualTo(before.id());
        }
    }

    /** Guards that a folder which was found gone takes along what it holds, though it was to be looked at as well. */
    @Test
    void folderThatGoesRightBeforeItIsListedGoesWithAllThatItHolds() throws Exception {
        share("other", "other");
        asUser(there, () -> Files.createDirectory(there.root().resolve("folder")));
        share("folder/a", "before");
        here.before("list /box", () -> asUser(here, () -> {
            Files.delete(here.root().resolve("folder/a"));
            Files.delete(here.root().resolve("folder"));
            return null;
        }));
        here.sync(ScanScope.folders(Set.of(Path.of(""), Path.of("folder"))), HeadNews.KNOWN, Weather.calm());
        assertAll("other");
        assertThat(here.content()).containsOnlyKeys("other");
    }

    /** Guards that a folder which comes back during a scan is looked into again, with the folders in it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void folderThatGoesAndComesBackDuringAScanLosesNothing(boolean inTime) throws Exception {
        asUser(there, () -> Files.createDirectories(there.root().resolve("folder/inner")));
        share("folder/b", "beside");
        share("folder/inner/file", "inside");
        List<Node> before = world.server().nodes();
        Path folder = here.root().resolve("folder");
        Path away = here.root().resolve(SyncFolder.MARKER_FOLDER).resolve("away");
        Runnable back = () -> {
            // Within a tick nobody could tell from the root's time that something came.
            if (!inTime) {
                here.tick();
            }
            asUser(here, () -> Files.move(away, folder));
        };
        here.before("list /box", () -> {
            asUser(here, () -> Files.move(folder, away));
            here.before("list /box/folder/inner",
                    inTime ? back : () -> here.before("look /box/folder/inner", back));
        });
        here.sync(ScanScope.folders(Set.of(Path.of(""), Path.of("folder/inner"))), HeadNews.KNOWN,
                Weather.calm());
        assertAll("beside", "inside");
        assertThat(world.server().nodes()).containsExactlyInAnyOrderElementsOf(before);
    }

    /** Guards that a copy to another file system hides neither content nor time nor mode that were new to it. */
    @Test
    void fileThatWasChangedBeforeItsFolderWentToAnotherFileSystemIsTheSameEverywhere() throws Exception {
        asUser(there, () -> Files.createDirectory(there.root().resolve("folder")));
        asUser(there, () -> Files.createDirectory(there.root().resolve("disk")));
        share("folder/a", "before");
        share("folder/b", "beside");
        here.disk().mount(here.root().resolve("disk"), here.disk().newDisk());
        sync(here);
        asUser(there, () -> Files.move(there.root().resolve("folder"), there.root().resolve("disk/folder")));
        sync(there);
        here.before("request changes", () -> {
            world.clock().advance(Duration.ofMinutes(1));
            write(here, "folder/a", "edited");
            asUser(here, () -> Files.setPosixFilePermissions(here.root().resolve("folder/b"),
                    PosixFilePermissions.fromString("rwxr-xr-x")));
        });
        sync(here);
        assertAll("edited", "beside");
        assertThat(there.content().get("disk/folder/b")).startsWith("file rwxr-xr-x");
    }

    /** Guards that a file system which goes right before it is recovered stops nothing outside it. */
    @Test
    void fileSystemThatIsUnmountedWhenARunBeginsStopsNothingElse() throws Exception {
        Path place = here.root().resolve("disk");
        asUser(there, () -> Files.createDirectory(there.root().resolve("disk")));
        share("a", "before");
        Path disk = here.disk().newDisk();
        here.disk().mount(place, disk);
        write(here, "disk/on the disk", "inside");
        sync(here);
        write(there, "a", "after");
        sync(there);
        here.start();
        here.before("list /box/disk/.tidebox/tmp", () -> here.disk().unmount(place));
        sync(here);
        assertThat(here.content().get("a")).endsWith(" after");
        here.disk().mount(place, disk);
        assertAll("after", "inside");
    }

    private Node file() throws Exception {
        return world.server().nodes().stream().filter(node -> !node.deleted() && node.name().equals("file")).findAny()
                .orElseThrow();
    }
}
