package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.sync.conflict.Conflict;
import org.tidebox.sync.conflict.ConflictException;
import org.tidebox.sync.conflict.Conflicts;
import org.tidebox.sync.conflict.Settlement;
import org.tidebox.tree.NodeId;

/** Two devices do things to the same entry at the same time; nothing gets lost, and a person settles it. */
@Tag("C1")
class ConflictTest {
    private static final String BASE = "one\ntwo\nthree\nfour\nfive\n";
    private static final long NOW = 1_800_000_000_000_000_000L;

    @TempDir
    Path temporary;

    private final MemoryRemote server = new MemoryRemote();
    private final Random random = new Random(31);
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
        assertThat(Conflicts.list(one.store())).isEmpty();
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
        assertThat(Conflicts.list(one.store())).isEmpty();
    }

    @Test
    void moveAndEditBothCount() throws Exception {
        base("text");
        Files.move(one.path("dir/letter.txt"), one.path("moved.txt"));
        two.write("dir/letter.txt", "edited by two");
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "moved.txt");
        assertThat(one.read("moved.txt")).isEqualTo("edited by two");
    }

    @Test
    void fileAndFolderOfOneNameAreBothKept() throws Exception {
        one.write("thing", "a file");
        two.write("thing/inside", "in a folder");
        quiet();

        Conflict conflict = only(one);
        assertThat(conflict.originalPath()).isEqualTo("thing");
        assertThat(one.content().values()).anyMatch(text -> text.endsWith("a file"))
                .anyMatch(text -> text.endsWith("in a folder"));
        assertThatThrownBy(() -> settlement(one).keepCopy()).isInstanceOf(ConflictException.class)
                .hasMessageContaining("keep both");
        assertThatThrownBy(() -> settlement(one).merge(server, Device.chunkers(new FastCdcChunker()), NOW, false))
                .hasMessageContaining("Only two files");
        settlement(one).keepBoth();
        quiet();
        assertThat(Conflicts.list(two.store())).isEmpty();
        assertThat(two.content()).hasSize(3);
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
        assertThat(Conflicts.list(one.store())).isEmpty();
    }

    @Test
    void originalThatIsGoneLeavesTheCopyItsName() throws Exception {
        editBoth("first of one", "second, of two");
        Files.delete(one.path("dir/letter.txt"));
        quiet();

        assertThatThrownBy(() -> settlement(one).keepOriginal()).hasMessageContaining("only the copy is left");
        settlement(one).keepCopy();
        quiet();

        assertThat(two.read("dir/letter.txt")).isEqualTo("second, of two");
    }

    @Test
    void editsOfDifferentLinesAreMerged() throws Exception {
        base(BASE);
        edit(BASE.replace("one", "ONE"), BASE.replace("five", "FIVE!"));

        merge(two, false);
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "dir/letter.txt");
        assertThat(one.read("dir/letter.txt")).isEqualTo(BASE.replace("one", "ONE").replace("five", "FIVE!"));
    }

    @Test
    void editsOfTheSameLinesAreRefusedOrMarked() throws Exception {
        base(BASE);
        edit(BASE.replace("three", "3"), BASE.replace("three", "drei"));

        assertThatThrownBy(() -> merge(two, false)).isInstanceOf(ConflictException.class)
                .hasMessageContaining("same lines");
        assertThat(two.content()).hasSize(3);
        merge(two, true);
        quiet();

        assertThat(one.read("dir/letter.txt")).contains("<<<<<<< two\ndrei\n=======\n3\n>>>>>>> ");
    }

    @Test
    void whatCannotBeMergedIsSaidAndLeftAlone() throws Exception {
        base("a\0b");
        edit("a\0b1", "a\0b22");
        assertThatThrownBy(() -> merge(two, false)).hasMessageContaining("is no text");
        assertThatThrownBy(() -> merge(one, false)).hasMessageContaining("known only on 'two'");
        server.forgetOldVersions(node("letter.txt"));
        assertThatThrownBy(() -> merge(two, false)).hasMessageContaining("no longer kept");
        assertThat(two.content()).hasSize(3);
    }

    @Test
    void changeMeanwhileIsNotOverwritten() throws Exception {
        editBoth("first of one", "second, of two");
        Settlement late = settlement(two);
        one.write("dir/letter.txt", "one goes on writing");
        one.sync();

        assertThatThrownBy(late::keepCopy).isInstanceOf(ConflictException.class).hasMessageContaining("meanwhile");
        quiet();

        assertThat(two.read("dir/letter.txt")).isEqualTo("one goes on writing");
        assertThat(two.read(only(two).path())).isEqualTo("second, of two");
    }

    private void merge(Device device, boolean markers) throws Exception {
        settlement(device).merge(server, Device.chunkers(new FastCdcChunker()), NOW, markers);
    }

    private Settlement settlement(Device device) throws Exception {
        return new Settlement(server, Device.LIBRARY, device.store(), random, only(device));
    }

    private static Conflict only(Device device) throws Exception {
        List<Conflict> conflicts = Conflicts.list(device.store());
        assertThat(conflicts).hasSize(1);
        return conflicts.getFirst();
    }

    private void base(String text) throws Exception {
        one.write("dir/letter.txt", text);
        quiet();
    }

    private void editBoth(String ones, String twos) throws Exception {
        base("the common version");
        edit(ones, twos);
    }

    private void edit(String ones, String twos) throws Exception {
        one.write("dir/letter.txt", ones);
        two.write("dir/letter.txt", twos);
        quiet();
    }

    private NodeId node(String name) {
        return server.live().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow().id();
    }

    private void quiet() throws Exception {
        for (int i = 0; i < 4; i++) {
            one.sync();
            two.sync();
        }
        assertThat(two.content()).isEqualTo(one.content());
    }
}
