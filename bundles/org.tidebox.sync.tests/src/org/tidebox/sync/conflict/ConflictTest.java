package org.tidebox.sync.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnConflicts;
import org.tidebox.tree.NodeId;

/** Two devices do things to the same entry at the same time: nothing gets lost, and all devices list the same conflicts. */
@Tag("C1")
class ConflictTest extends OnConflicts {
    @Test
    void bothEditsAreKeptAndListedOnBothDevices() throws Exception {
        editBoth("first of one", "second, of two");

        for (Device device : List.of(one, two)) {
            Conflict conflict = only(device);
            assertThat(conflict.device()).isEqualTo("two");
            assertThat(conflict.originalPath()).isEqualTo("dir/letter.txt");
            assertThat(conflict.path()).startsWith("dir/letter (conflict two ").endsWith(".txt");
            assertThat(device.read(conflict.path())).isEqualTo("second, of two");
            assertThat(device.read("dir/letter.txt")).isEqualTo("first of one");
        }
        assertThat(Conflicts.isFrom(only(one), "two")).isTrue();
        assertThat(Conflicts.isFrom(only(one), "one")).isFalse();
    }

    @Test
    void editBeatsDeletionAndIsNoConflict() throws Exception {
        base("text");
        Files.delete(one.path("dir/letter.txt"));
        two.write("dir/letter.txt", "edited");
        quiet();

        assertThat(one.read("dir/letter.txt")).isEqualTo("edited");
        assertThat(conflicts(one)).isEmpty();
    }

    @Test
    void editBeatsADeletionThatComesLater() throws Exception {
        base("text");
        two.write("dir/letter.txt", "edited");
        two.sync();
        Files.delete(one.path("dir/letter.txt"));
        quiet();

        assertThat(one.read("dir/letter.txt")).isEqualTo("edited");
        assertThat(conflicts(two)).isEmpty();
    }

    @Test
    void movesToTwoPlacesEndInOne() throws Exception {
        base("text");
        NodeId id = node("letter.txt");
        Files.move(one.path("dir/letter.txt"), one.path("here.txt"));
        Files.move(two.path("dir/letter.txt"), two.path("there.txt"));
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "here.txt");
        assertThat(node("here.txt")).isEqualTo(id);
        assertThat(conflicts(one)).isEmpty();
    }

    @Test
    void moveAndEditBothCount() throws Exception {
        base("text");
        Files.move(one.path("dir/letter.txt"), one.path("moved.txt"));
        two.write("dir/letter.txt", "edited by two");
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "moved.txt");
        assertThat(one.read("moved.txt")).isEqualTo("edited by two");
        assertThat(conflicts(one)).isEmpty();
    }

    @Test
    void equalFilesMadeOnBothSidesAreOneFile() throws Exception {
        one.write("dir/letter.txt", "the same words");
        two.write("dir/letter.txt", "the same words");
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "dir/letter.txt");
        assertThat(conflicts(one)).isEmpty();
        assertThat(server.live()).hasSize(2);
    }

    @Test
    void differentFilesMadeOnBothSidesAreBothKept() throws Exception {
        edit("made by one", "made by two, too");

        assertThat(one.read("dir/letter.txt")).isEqualTo("made by one");
        assertThat(one.read(only(one).path())).isEqualTo("made by two, too");
    }

    @Test
    void fileAndFolderOfOneNameAreBothKept() throws Exception {
        one.write("thing", "a file");
        two.write("thing/inside", "in a folder");
        quiet();

        assertThat(only(one).originalPath()).isEqualTo("thing");
        assertThat(one.content().values()).anyMatch(text -> text.endsWith("a file"))
                .anyMatch(text -> text.endsWith("in a folder"));
    }

    @Test
    void twoFilesRenamedToOneNameAreBothKept() throws Exception {
        one.write("a", "was a");
        one.write("b", "was b, longer");
        quiet();
        Files.move(one.path("a"), one.path("same"));
        Files.move(two.path("b"), two.path("same"));
        quiet();

        assertThat(only(one).originalPath()).isEqualTo("same");
        assertThat(one.read("same")).isEqualTo("was a");
        assertThat(two.read(only(two).path())).isEqualTo("was b, longer");
    }

    @Test
    void oneFileRenamedToTheSameNameOnBothDevicesIsNoConflict() throws Exception {
        base("text");
        NodeId id = node("letter.txt");
        Files.move(one.path("dir/letter.txt"), one.path("dir/post.txt"));
        Files.move(two.path("dir/letter.txt"), two.path("dir/post.txt"));
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "dir/post.txt");
        assertThat(node("post.txt")).isEqualTo(id);
        assertThat(conflicts(one)).isEmpty();
    }

    @Test
    void manyConflictsAreListedWithoutReadingTheWholeTree() throws Exception {
        for (int i = 0; i < 20; i++) {
            one.write("deep/er/" + (i % 3) + "/f" + i, "by one");
            two.write("deep/er/" + (i % 3) + "/f" + i, "by two " + i);
        }
        quiet();

        assertThat(conflicts(one)).hasSize(20).isSortedAccordingTo((a, b) -> a.path().compareTo(b.path()))
                .allMatch(conflict -> conflict.original() != null
                        && conflict.path().startsWith(conflict.originalPath().substring(0, 11)));
        assertThat(conflicts(two)).extracting(Conflict::path)
                .containsExactlyElementsOf(conflicts(one).stream().map(Conflict::path).toList());
    }

    @Test
    void copyThatWasDeletedOrRenamedIsNoConflictAnyMore() throws Exception {
        editBoth("first of one", "second, of two");
        Files.move(one.path(only(one).path()), one.path("dir/mine.txt"));
        quiet();
        assertThat(conflicts(two)).isEmpty();

        edit("third of one", "fourth, of two");
        Files.delete(two.path(only(two).path()));
        two.sync();
        assertThat(conflicts(two)).as("at once").isEmpty();
        quiet();
        assertThat(conflicts(one)).isEmpty();
    }

    @Test
    void conflictIsKnownAfterARestartAndWhereTheDatabaseIsNew() throws Exception {
        editBoth("first of one", "second, of two");
        two.start();
        assertThat(conflicts(two)).hasSize(1);
        try (Device three = new Device("three", temporary.resolve("three"), server, new MemoryTreeStore(), 3)) {
            three.sync();
            assertThat(conflicts(three)).extracting(Conflict::path).containsExactly(only(one).path());
        }
    }
}
