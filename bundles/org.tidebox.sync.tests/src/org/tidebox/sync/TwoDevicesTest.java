package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.DoneStep.Action;
import org.tidebox.sync.folder.WorkLeft;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.OnTwoDevices;

/** Two devices keep a folder the same through a server in memory. */
@Tag("C1")
class TwoDevicesTest extends OnTwoDevices {
    @Test
    void filesFoldersLinksModesAndTimesArrive() throws Exception {
        one.write("docs/letter.txt", "dear");
        one.write("docs/empty.txt", "");
        Files.createDirectories(one.path("empty folder"));
        Files.createSymbolicLink(one.path("dangling"), Path.of("../no/where"));
        Files.setPosixFilePermissions(one.path("docs/letter.txt"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(one.path("docs/letter.txt"),
                FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
        quiet();
        assertThat(two.content()).hasSize(5).isEqualTo(one.content());
    }

    @Test
    void editsAndDeletionsTravelBothWays() throws Exception {
        one.write("a", "1");
        one.write("b", "1");
        one.write("dir/c", "1");
        quiet();
        two.write("a", "22");
        Files.delete(one.path("b"));
        Files.delete(two.path("dir/c"));
        Files.delete(two.path("dir"));
        quiet();
        assertThat(one.content()).containsOnlyKeys("a").isEqualTo(two.content());
        assertThat(one.read("a")).isEqualTo("22");
    }

    @Test
    void bothEditedKeepsBoth() throws Exception {
        one.write("note.txt", "0");
        quiet();
        one.write("note.txt", "from one");
        two.write("note.txt", "from two, longer");
        quiet();
        assertThat(one.content()).hasSize(2).isEqualTo(two.content());
        assertThat(one.read("note.txt")).isEqualTo("from one");
        String copy = one.content().lastEntry().getKey().startsWith("note.txt")
                ? one.content().firstKey()
                : one.content().lastKey();
        assertThat(copy).matches("note \\(conflict two \\d{4}-\\d\\d-\\d\\d \\d{6}\\)\\.txt");
        assertThat(one.read(copy)).isEqualTo("from two, longer");
        assertThat(two.folder().status().conflicts()).hasSize(1);
    }

    @Test
    void whatIsDoneIsToldWithItsPathOnBothSides() throws Exception {
        one.write("stays", "");
        settle();
        one.takeSteps();
        two.takeSteps();
        one.write("docs/letter.txt", "dear");
        one.write("docs/deep/note", "");
        settle();
        assertThat(one.takeSteps()).containsExactlyInAnyOrder(step(Action.ADDED, "docs", true, 0),
                step(Action.ADDED, "docs/deep", true, 0), step(Action.ADDED, "docs/letter.txt", true, 4),
                step(Action.ADDED, "docs/deep/note", true, 0));
        assertThat(two.takeSteps()).containsExactlyInAnyOrder(step(Action.ADDED, "docs", false, 0),
                step(Action.ADDED, "docs/deep", false, 0), step(Action.ADDED, "docs/letter.txt", false, 4),
                step(Action.ADDED, "docs/deep/note", false, 0));

        one.write("docs/letter.txt", "dear all");
        settle();
        assertThat(one.takeSteps()).containsExactly(step(Action.CHANGED, "docs/letter.txt", true, 8));
        assertThat(two.takeSteps()).containsExactly(step(Action.CHANGED, "docs/letter.txt", false, 8));

        Files.move(one.path("docs"), one.path("papers"));
        settle();
        assertThat(one.takeSteps()).containsExactly(step(Action.MOVED, "papers", true, 0));
        assertThat(two.takeSteps()).containsExactly(step(Action.MOVED, "papers", false, 0));

        removeTree(one.path("papers"));
        settle();
        assertThat(one.takeSteps()).containsExactly(step(Action.DELETED, "papers", true, 0));
        assertThat(two.takeSteps()).containsExactly(step(Action.DELETED, "papers", false, 0));

        assertThat(one.folder().workLeft().bytes()).isZero();
    }

    @Test
    void conflictCopiesAreTold() throws Exception {
        one.write("note.txt", "0");
        settle();
        one.write("note.txt", "from one");
        two.write("note.txt", "from two, longer");
        two.takeSteps();
        settle();
        assertThat(two.takeSteps()).extracting(DoneStep::action).contains(Action.CONFLICT);
    }

    @Test
    void aScanTellsHowManyEntriesThereAre() throws Exception {
        one.write("docs/letter.txt", "dear");
        one.write("docs/deep/note", "");
        settle();
        one.sync();
        assertThat(one.folder().workLeft()).isEqualTo(new WorkLeft(4, 4, 0));
    }

    private static DoneStep step(Action action, String path, boolean upload, long bytes) {
        return new DoneStep(action, path, upload, bytes);
    }

    private void quiet() throws Exception {
        for (Device device : new Device[]{one, two, one, two}) {
            assertThat(device.sync().quiet()).as("quiet, problems: %s", device.folder().status().problems()).isTrue();
        }
        int requests = server.requests();
        long head = server.head();
        one.sync();
        two.sync();
        assertThat(server.requests()).isEqualTo(requests + 2);
        assertThat(server.head()).isEqualTo(head);
    }

    /** A device that stops in the middle of a swap leaves such a name to the others, and people go on with it. */
    @Test
    void folderIsSwappedWithOneThatHasTheNameOfASwap() throws Exception {
        one.write("a/file", "1");
        one.write("b/file", "2");
        assertSame();
        String name = ".tidebox-" + server.live().stream().filter(node -> node.name().equals("a")).findAny()
                .orElseThrow().id().toHex();
        Files.move(one.path("a"), one.path(name));
        assertSame();
        swap(one.path(name), one.path("b"));
        assertSame();
        assertThat(two.read("b/file")).isEqualTo("1");
        assertThat(two.read(name + "/file")).isEqualTo("2");
    }
}
