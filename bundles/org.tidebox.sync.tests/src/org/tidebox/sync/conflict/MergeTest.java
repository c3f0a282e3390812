package org.tidebox.sync.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnConflicts;

/** Texts that were changed on two devices are merged, on any device that sees both. */
@Tag("C1")
class MergeTest extends OnConflicts {
    private static final String BASE = "one\ntwo\nthree\nfour\nfive\n";
    private static final String BOTH = "ONE\ntwo\nthree\nfour\nFIVE!\n";

    @Test
    void editsOfDifferentLinesAreMergedWhereTheCopyWasMade() throws Exception {
        base(BASE);
        edit(BASE.replace("one", "ONE"), BASE.replace("five", "FIVE!"));

        merge(two, false);
        quiet();

        assertThat(one.content()).containsOnlyKeys("dir", "dir/letter.txt");
        assertThat(one.read("dir/letter.txt")).isEqualTo(BOTH);
    }

    @Test
    void editsAreMergedOnTheOtherDevice() throws Exception {
        base(BASE);
        edit(BASE.replace("one", "ONE"), BASE.replace("five", "FIVE!"));

        merge(one, false);
        quiet();

        assertThat(two.read("dir/letter.txt")).isEqualTo(BOTH);
        assertThat(conflicts(two)).isEmpty();
    }

    @Test
    void editsAreMergedOnADeviceThatCameLater() throws Exception {
        base(BASE);
        edit(BASE.replace("one", "ONE"), BASE.replace("five", "FIVE!"));
        try (Device three = new Device("three", temporary.resolve("three"), server, new MemoryTreeStore(), 3)) {
            three.sync();
            merge(three, false);
        }
        quiet();

        assertThat(one.read("dir/letter.txt")).isEqualTo(BOTH);
    }

    @Test
    void baseIsTheCommonVersionHoweverManyCameSince() throws Exception {
        base(BASE);
        one.write("dir/letter.txt", BASE.replace("one", "ONE"));
        one.sync();
        one.write("dir/letter.txt", BASE.replace("one", "ONE").replace("two", "TWO, too"));
        edit(BASE.replace("one", "ONE").replace("two", "zwei"), BASE.replace("five", "FIVE!"));

        merge(one, false);
        quiet();

        assertThat(two.read("dir/letter.txt")).isEqualTo(BOTH.replace("two", "zwei"));
    }

    @Test
    void copiesOfTwoDevicesAreMergedOneAfterTheOther() throws Exception {
        base(BASE);
        try (Device three = new Device("three", temporary.resolve("three"), server, new MemoryTreeStore(), 3)) {
            three.sync();
            three.write("dir/letter.txt", BASE.replace("three", "3"));
            edit(BASE.replace("one", "ONE"), BASE.replace("five", "FIVE!"));
            three.sync();
            quiet();
            for (Conflict conflict : conflicts(one)) {
                settlement(one, conflict).merge(texts(), NOW, false);
                quiet();
            }
        }
        assertThat(two.content()).containsOnlyKeys("dir", "dir/letter.txt");
        assertThat(two.read("dir/letter.txt")).isEqualTo(BOTH.replace("three", "3"));
    }

    @Test
    void copyAndOriginalMayHaveMovedTogether() throws Exception {
        base(BASE);
        edit(BASE.replace("one", "ONE"), BASE.replace("five", "FIVE!"));
        Files.move(one.path("dir"), one.path("post"));
        quiet();

        merge(two, false);
        quiet();

        assertThat(one.read("post/letter.txt")).isEqualTo(BOTH);
    }

    @Test
    void editsOfTheSameLinesAreRefusedOrMarked() throws Exception {
        base(BASE);
        edit(BASE.replace("three", "3"), BASE.replace("three", "drei"));

        for (Device device : List.of(one, two)) {
            assertThatThrownBy(() -> merge(device, false)).isInstanceOf(ConflictException.class)
                    .hasMessageContaining("SameLinesChanged");
        }
        assertThat(two.content()).hasSize(3);
        merge(one, true);
        quiet();

        assertThat(two.read("dir/letter.txt"))
                .isEqualTo("one\ntwo\n<<<<<<< two\ndrei\n=======\n3\n>>>>>>> device\nfour\nfive\n");
    }

    @Test
    void filesWithoutACommonVersionAreRefusedOrMarked() throws Exception {
        edit("first\nby one\nlast\n", "first\nby two, longer\nlast\n");

        assertThatThrownBy(() -> merge(one, false)).hasMessageContaining("NoCommonVersion");
        merge(one, true);
        quiet();

        assertThat(two.read("dir/letter.txt"))
                .isEqualTo("first\n<<<<<<< two\nby two, longer\n=======\nby one\n>>>>>>> device\nlast\n");
    }

    @Test
    void whatCannotBeMergedIsSaidAndLeftAlone() throws Exception {
        base("a\0b");
        edit("a\0b1", "a\0b22");
        for (Device device : List.of(one, two)) {
            assertThatThrownBy(() -> merge(device, false)).hasMessageContaining("NoText");
            assertThatThrownBy(() -> merge(device, true)).hasMessageContaining("NoText");
        }
        assertThat(two.content()).hasSize(3);
    }

    @Test
    void commonVersionThatRetentionLetGoIsSaid() throws Exception {
        base(BASE);
        edit(BASE.replace("one", "ONE"), BASE.replace("five", "FIVE!"));
        server.forgetOldVersions(node("letter.txt"));

        assertThatThrownBy(() -> merge(one, false)).hasMessageContaining("CommonVersionGone");
        assertThat(one.content()).hasSize(3);
    }

    @Test
    void folderAndFileCannotBeMerged() throws Exception {
        one.write("thing", "a file");
        two.write("thing/inside", "in a folder");
        quiet();

        assertThatThrownBy(() -> merge(one, true)).hasMessageContaining("MergesFilesOnly");
    }
}
