package org.tidebox.sync.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.past.Trash;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.OnConflicts;

/** A person settles a conflict by keeping one side or both; what is let go can be had back. */
@Tag("C1")
class SettlementTest extends OnConflicts {
    @Test
    void copyTakesThePlaceAndTheOtherStaysInTheHistory() throws Exception {
        editBoth("first of one", "second, of two");

        settlement(two).keepCopy();
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "dir/letter.txt");
        assertThat(one.read("dir/letter.txt")).isEqualTo("second, of two");
        assertThat(server.history(Device.LIBRARY, node("letter.txt"))).hasSize(3);
        assertThat(server.deleted(Device.LIBRARY, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void originalStaysAndTheCopyGoesToTheTrash() throws Exception {
        editBoth("first of one", "second, of two");

        settlement(one).keepOriginal();
        quiet();

        assertThat(two.content()).containsOnlyKeys("dir", "dir/letter.txt");
        assertThat(two.read("dir/letter.txt")).isEqualTo("first of one");
        assertThat(server.deleted(Device.LIBRARY, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void bothStayUnderPlainNames() throws Exception {
        editBoth("first of one", "second, of two");
        String time = only(one).time();

        settlement(one).keepBoth();
        quiet();

        assertThat(two.content()).containsOnlyKeys("dir", "dir/letter.txt", "dir/letter (two " + time + ").txt");
        assertThat(conflicts(one)).isEmpty();
    }

    @Test
    void originalThatIsGoneLeavesTheCopyItsName() throws Exception {
        editBoth("first of one", "second, of two");
        Files.delete(one.path("dir/letter.txt"));
        quiet();

        assertThatThrownBy(() -> settlement(one).keepOriginal()).hasMessageContaining("OriginalGone");
        settlement(one).keepCopy();
        quiet();

        assertThat(two.read("dir/letter.txt")).isEqualTo("second, of two");
    }

    @Test
    void folderTakesThePlaceOfAFileWhichGoesToTheTrash() throws Exception {
        one.write("thing", "a file");
        one.sync();
        two.write("thing/deep/inside", "in a folder");
        quiet();

        settlement(one).keepCopy();
        quiet();

        assertThat(two.content()).containsOnlyKeys("thing", "thing/deep", "thing/deep/inside");
        assertThat(trash()).containsExactly("thing");
    }

    @Test
    void fileTakesThePlaceOfAFolderWhichGoesToTheTrashAsAWhole() throws Exception {
        one.write("thing/deep/inside", "in a folder");
        one.write("thing/other", "too");
        one.sync();
        two.write("thing", "a file");
        quiet();

        settlement(one).keepCopy();
        quiet();

        assertThat(two.content()).containsOnlyKeys("thing");
        assertThat(two.read("thing")).isEqualTo("a file");
        Trash.Item item = Trash.open(server, Device.LIBRARY, one.store()).items().getFirst();
        assertThat(item.path()).isEqualTo("thing");
        assertThat(item.inside()).hasSize(3);
    }

    @Test
    void folderThatIsLetGoGoesToTheTrashAsAWhole() throws Exception {
        one.write("thing", "a file");
        one.sync();
        two.write("thing/deep/inside", "in a folder");
        quiet();
        String copy = only(one).path();

        settlement(two).keepOriginal();
        quiet();

        assertThat(one.content()).containsOnlyKeys("thing");
        assertThat(trash()).containsExactly(copy);
    }

    @Test
    void folderIsWholeAgainWhereSomethingInItWasChangedMeanwhile() throws Exception {
        one.write("thing/deep/a", "1");
        one.write("thing/deep/b", "2");
        one.write("thing/c", "3");
        one.sync();
        two.write("thing", "a file");
        quiet();
        Settlement late = settlement(two);
        one.write("thing/deep/b", "2, and one goes on");
        one.sync();

        assertThatThrownBy(late::keepCopy).isInstanceOf(ConflictException.class)
                .hasMessageContaining("ChangedMeanwhile");
        quiet();

        assertThat(two.content().keySet()).contains("thing/deep/a", "thing/deep/b", "thing/c");
        assertThat(two.read("thing/deep/b")).isEqualTo("2, and one goes on");
        assertThat(two.read(only(two).path())).isEqualTo("a file");
    }

    @Test
    void folderWithSomethingThatIsNotUploadedIsLeftAlone() throws Exception {
        one.write("thing", "a file");
        one.sync();
        two.write("thing/inside", "in a folder");
        quiet();
        Settlement settlement = settlement(one);
        one.write(only(one).path() + "/new", "not on the server");
        server.failIn(0);
        assertThatThrownBy(one::sync).hasMessageContaining("does not answer");

        assertThatThrownBy(settlement::keepOriginal).hasMessageContaining("NotSynchronisedYet");
        quiet();

        assertThat(two.content()).hasSize(4);
    }

    @Test
    void manyFilesAreLetGoAtOnce() throws Exception {
        one.write("thing", "a file");
        one.sync();
        for (int i = 0; i < 1_500; i++) {
            two.write("thing/" + i % 7 + "/f" + i, "text " + i);
        }
        quiet();
        int before = server.uploads;

        settlement(one).keepOriginal();

        assertThat(server.uploads - before).as("requests").isEqualTo(2);
        assertThat(server.live()).hasSize(1);
    }

    @Test
    void changeMeanwhileIsNotOverwritten() throws Exception {
        editBoth("first of one", "second, of two");
        Settlement late = settlement(two);
        one.write("dir/letter.txt", "one goes on writing");
        one.sync();

        assertThatThrownBy(late::keepCopy).isInstanceOf(ConflictException.class)
                .hasMessageContaining("ChangedMeanwhile");
        quiet();

        assertThat(two.read("dir/letter.txt")).isEqualTo("one goes on writing");
        assertThat(two.read(only(two).path())).isEqualTo("second, of two");
    }

    /** Both sides are there as they were looked at; only the mark tells that the server has lost what came after them. */
    @Test
    @Tag("C2")
    void serverThatWasSetBackIsToldNothing() throws Exception {
        editBoth("first of one\n", "second, of two\n");
        MemoryRemote.Backup backup = server.backUp();
        one.write("later", "after the backup");
        quiet();
        server.restore(backup);
        long head = server.head();
        Settlement settlement = settlement(two);

        for (ThrowingCallable choice : List.<ThrowingCallable>of(settlement::keepCopy, settlement::keepOriginal,
                settlement::keepBoth, () -> settlement.merge(texts(), NOW, true))) {
            assertThatThrownBy(choice).isInstanceOfSatisfying(RemoteException.class, refusal -> {
                assertThat(refusal.getReason()).isEqualTo(RemoteException.Reason.SET_BACK);
                assertThat(refusal.isPermanent()).isTrue();
            }).hasMessageContaining("set back");
        }
        assertThat(server.head()).isEqualTo(head);
        assertThat(two.sync().stopped()).isTrue();
        one.sync();
        one.folder().resume();
        two.folder().resume();
        quiet();
        assertThat(two.read("later")).isEqualTo("after the backup");
        settlement(two).keepCopy();
        quiet();
        assertThat(one.read("dir/letter.txt")).isEqualTo("second, of two\n");
    }

    private List<String> trash() throws Exception {
        return Trash.open(server, Device.LIBRARY, one.store()).items().stream().map(Trash.Item::path).toList();
    }
}
