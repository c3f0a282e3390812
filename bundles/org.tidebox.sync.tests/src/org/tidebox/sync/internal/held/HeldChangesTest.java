package org.tidebox.sync.internal.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.tests.OnRuledDevices;

/** What is held is renamed, moved, edited and deleted, here and on the other side; each case of docs/rules.md. */
@Tag("D3")
@Tag("D4")
@Tag("D5")
class HeldChangesTest extends OnRuledDevices {
    @Test
    void heldUploadIsRenamedAndDeletedLikeAnyFile() throws Exception {
        up(one, "film");
        one.write("film", "film");
        settle();
        Files.move(one.path("film"), one.path("film2"));
        settle();
        assertThat(one.folder().held()).extracting(Held::path).containsExactly("film2");
        Files.move(one.path("film2"), one.path("free"));
        settle();
        assertThat(two.read("free")).isEqualTo("film");
        one.write("film3", "film3");
        settle();
        Files.delete(one.path("film3"));
        settle();
        assertThat(one.folder().held()).isEmpty();
        assertThat(isOnServer("film3")).isFalse();
    }

    @Test
    void moveOfAFileWithAHeldEditIsToldWithoutTheEdit() throws Exception {
        one.write("film", "film");
        settle();
        up(one, "film");
        one.write("film", "edit");
        settle();
        Files.createDirectory(one.path("dir"));
        Files.move(one.path("film"), one.path("dir/film"));
        settle();
        assertThat(two.read("dir/film")).isEqualTo("film");
        assertThat(one.read("dir/film")).isEqualTo("edit");
        Files.move(two.path("dir/film"), two.path("film4"));
        settle();
        assertThat(one.read("film4")).isEqualTo("edit");
        assertThat(isOnServer("edit")).isFalse();
    }

    @Test
    void deletionOfWhatBothHaveIsNotHeld() throws Exception {
        one.write("film", "film");
        one.write("film2", "film2");
        one.write("stays", "stays");
        settle();
        up(one, "film");
        down(two, "film");
        Files.delete(one.path("film"));
        settle();
        assertThat(two.content()).containsOnlyKeys("film2", "stays");
        Files.delete(two.path("film2"));
        settle();
        assertThat(one.content()).containsOnlyKeys("stays");
    }

    @Test
    void heldEditBeatsADeletionOnTheOtherSideAndStaysHere() throws Exception {
        one.write("stays", "stays");
        one.write("dir/film", "film");
        settle();
        up(one, "film");
        one.write("dir/film", "edit");
        removeTree(two.path("dir"));
        two.sync();
        settle();
        assertThat(one.read("dir/film")).isEqualTo("edit");
        assertThat(two.content()).containsOnlyKeys("stays");
        assertThat(isOnServer("edit")).isFalse();
        one.folder().choose(held -> true, true);
        assertSame();
        assertThat(two.read("dir/film")).isEqualTo("edit");
    }

    @Test
    void heldEditThatMeetsAnEditBecomesAConflictCopyThatIsHeldToo() throws Exception {
        one.write("film", "film");
        settle();
        up(one, "film");
        one.write("film", "mine");
        two.write("film", "theirs");
        two.sync();
        settle();
        assertThat(one.read("film")).isEqualTo("theirs");
        assertThat(one.folder().held()).singleElement().extracting(Held::path).asString().startsWith("film (conflict");
        assertThat(isOnServer("mine")).isFalse();
        assertThat(two.content()).containsOnlyKeys("film");
    }

    @Test
    void editOfAFileWhoseNewVersionIsHeldThereWaitsWithIt() throws Exception {
        one.write("film", "film");
        settle();
        down(two, "film");
        one.write("film", "theirs");
        one.sync();
        two.write("film", "mine");
        settle();
        assertThat(two.read("film")).isEqualTo("mine");
        assertThat(one.read("film")).isEqualTo("theirs");
        assertThat(two.folder().held()).extracting(Held::path).containsExactly("film");
        two.folder().choose(held -> true, true);
        settle();
        assertThat(two.read("film")).isEqualTo("theirs");
        assertThat(one.content().values()).anyMatch(content -> content.endsWith("mine"));
    }

    @Test
    void folderWithHeldFilesOnTheServerIsDeletedHereAlone() throws Exception {
        down(two, "film");
        one.write("stays", "stays");
        one.write("dir/film", "film");
        one.write("dir/a", "a");
        settle();
        removeTree(two.path("dir"));
        settle();
        assertThat(two.content()).containsOnlyKeys("stays");
        assertThat(one.content()).containsOnlyKeys("dir", "dir/film", "stays");
        two.folder().choose(held -> true, true);
        assertSame();
    }

    @Test
    void fileOfTheNameOfAHeldOneWaitsUntilThatComes() throws Exception {
        down(two, "film");
        one.write("film", "theirs");
        settle();
        two.write("film", "mine");
        settle();
        assertThat(two.read("film")).isEqualTo("mine");
        assertThat(two.folder().held()).extracting(Held::direction).containsExactly(Direction.UPLOAD,
                Direction.DOWNLOAD);
        assertThat(two.folder().status().isQuiet()).isTrue();
        two.folder().choose(held -> held.direction() == Direction.DOWNLOAD, true);
        assertSame();
        assertThat(two.content()).hasSize(2);
        assertThat(two.read("film")).isEqualTo("theirs");
    }

    @Test
    void fileThatWasOnlyTouchedIsNotHeld() throws Exception {
        one.write("film", "film");
        settle();
        up(one, "film");
        one.write("film", "film");
        settle();
        assertThat(one.folder().held()).isEmpty();
        assertSame();
    }

    @Test
    void fileWithAHeldEditThatWasMovedIsDeletedEverywhere() throws Exception {
        one.write("film", "film");
        one.write("stays", "stays");
        settle();
        up(one, "film");
        one.write("film", "edit");
        settle();
        Files.move(one.path("film"), one.path("film2"));
        settle();
        Files.delete(one.path("film2"));
        assertSame();
        assertThat(two.content()).containsOnlyKeys("stays");
        assertThat(isOnServer("edit")).isFalse();
    }

    @Test
    void fileWithAHeldEditIsMovedOnEitherSideInTurn() throws Exception {
        one.write("film", "film");
        settle();
        up(one, "film");
        one.write("film", "edit");
        settle();
        Files.move(two.path("film"), two.path("film2"));
        settle();
        Files.move(one.path("film2"), one.path("film3"));
        settle();
        assertThat(two.read("film3")).isEqualTo("film");
        assertThat(one.read("film3")).isEqualTo("edit");
        assertThat(one.folder().held()).extracting(Held::path).containsExactly("film3");
    }

    @Test
    void heldFileOnTheServerIsRenamedAndDeletedThere() throws Exception {
        down(two, "film");
        one.write("film", "film");
        one.write("film2", "film 2");
        settle();
        Files.move(one.path("film"), one.path("film3"));
        Files.delete(one.path("film2"));
        settle();
        assertThat(two.folder().held()).extracting(Held::path).containsExactly("film3");
        Files.move(one.path("film3"), one.path("free"));
        settle();
        assertThat(two.read("free")).isEqualTo("film");
        assertThat(two.folder().held()).isEmpty();
    }

    @Test
    void folderWithHeldFilesIsDeletedOnTheOtherSideAndStaysHereAlone() throws Exception {
        one.write("dir/a", "a");
        one.write("stays", "stays");
        settle();
        up(one, "film");
        one.write("dir/film", "film");
        settle();
        removeTree(two.path("dir"));
        settle();
        assertThat(two.content()).containsOnlyKeys("stays");
        assertThat(one.content()).containsOnlyKeys("dir", "dir/film", "stays");
        assertThat(one.folder().held()).extracting(Held::path).containsExactly("dir", "dir/film");
        Files.delete(one.path("dir/film"));
        assertSame();
        assertThat(one.content()).containsOnlyKeys("stays");
    }

    @Test
    void folderOfTheNameOfAHeldOneBecomesOneWithIt() throws Exception {
        down(two, "films");
        one.write("films/theirs", "theirs");
        settle();
        two.write("films/mine", "mine");
        settle();
        assertThat(one.read("films/mine")).isEqualTo("mine");
        assertThat(two.content()).containsOnlyKeys("films", "films/mine");
        assertThat(two.folder().held()).extracting(Held::path).containsExactly("films/theirs");
    }

    @Test
    void whatWaitsForSomethingHeldIsListedWithTheReason() throws Exception {
        one.write("a", "a");
        settle();
        down(two, "film");
        one.write("film", "film");
        settle();
        Files.move(two.path("a"), two.path("film"));
        settle();
        assertThat(two.folder().status().isQuiet()).isTrue();
        assertThat(two.folder().held()).extracting(Held::path, Held::direction, Held::rule).containsExactly(
                tuple("film", Direction.UPLOAD, Decision.WAITS), tuple("film", Direction.DOWNLOAD, 1));
        assertThat(two.folder().held().getFirst().reason()).contains("waits for 'film' on the server");
        Files.move(one.path("film"), one.path("film2"));
        settle();
        assertThat(one.read("film")).isEqualTo("a");
        assertThat(two.folder().held()).extracting(Held::path).containsExactly("film2");
    }

    @Test
    void newFolderOfTheNameOfAHeldFileWaitsWithAllInIt() throws Exception {
        down(two, "film");
        one.write("film", "film");
        one.write("stays", "stays");
        settle();
        two.write("film/a", "a");
        settle();
        assertThat(two.folder().held()).extracting(Held::path, Held::direction, Held::rule).containsExactly(
                tuple("film", Direction.UPLOAD, Decision.WAITS), tuple("film", Direction.DOWNLOAD, 1),
                tuple("film/a", Direction.UPLOAD, Decision.WAITS));
        assertThat(two.folder().held()).extracting(Held::reason)
                .filteredOn(reason -> reason.contains("waits for 'film'"))
                .hasSize(2);
        assertThat(two.folder().choose(held -> held.path().equals("film/a"), true)).isEmpty();
        Files.delete(one.path("film"));
        assertSame();
        assertThat(one.read("film/a")).isEqualTo("a");
    }
}
