package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.rules.Action;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.rules.ignorefile.GitIgnoreProvider;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.OnTwoDevices;
import org.tidebox.tree.Node;

/** What is ignored is no candidate, and nothing happens to what was one before. */
@Tag("D3")
class IgnoreTest extends OnTwoDevices {
    @BeforeEach
    void ignore() {
        for (Device device : List.of(one, two)) {
            device.folder().ignore(new GitIgnoreProvider(), "*.part\n");
        }
    }

    @Test
    void ignoredEntriesStayHereAlone() throws Exception {
        one.write("a.part", "a");
        one.write("dir/b.part", "b");
        one.write("dir/c", "c");
        one.write("build/x/y", "y");
        one.write(".tidebox-ignore", "build/\n!a.part\n");
        one.write("dir/.tidebox-ignore", "/d*\n");
        one.write("dir/d", "d");
        settle();
        assertThat(two.content()).containsOnlyKeys(".tidebox-ignore", "a.part", "dir", "dir/.tidebox-ignore", "dir/c");
        assertThat(one.folder().status().problems()).isEmpty();
        assertThat(one.sync().done().changesUp()).isZero();
    }

    @Test
    void changedIgnoreFileCountsAtOnceForAllBelow() throws Exception {
        one.write("dir/sub/a.log", "a");
        one.write("dir/sub/b", "b");
        one.write("dir/.tidebox-ignore", "*.log\n");
        settle();
        assertThat(two.path("dir/sub/a.log")).doesNotExist();
        Files.delete(one.path("dir/.tidebox-ignore"));
        look(one, "dir");
        assertThat(two.sync().quiet()).isTrue();
        assertThat(two.read("dir/sub/a.log")).isEqualTo("a");
        one.write("dir/.tidebox-ignore", "*.txt\n");
        one.write("dir/sub/c.txt", "c");
        settle();
        assertThat(two.path("dir/sub/c.txt")).doesNotExist();
    }

    @Test
    void ignoreFileOfAnotherDeviceCountsHereToo() throws Exception {
        one.write("dir/a", "a");
        settle();
        one.write(".tidebox-ignore", "*.log\n");
        one.sync();
        two.sync();
        two.write("dir/b.log", "b");
        settle();
        assertThat(one.path("dir/b.log")).doesNotExist();
    }

    @Test
    void whatIsSynchronisedAlreadyIsFollowedOn() throws Exception {
        one.write("dir/a.log", "a");
        settle();
        one.write(".tidebox-ignore", "*.log\ndir/\n");
        one.write("dir/new", "new");
        settle();
        assertThat(two.read("dir/a.log")).isEqualTo("a");
        assertThat(two.path("dir/new")).doesNotExist();
        one.write("dir/a.log", "edit");
        settle();
        assertThat(two.read("dir/a.log")).isEqualTo("edit");
        Files.delete(two.path("dir/a.log"));
        settle();
        assertThat(one.path("dir/a.log")).doesNotExist();
    }

    @Test
    void whatIsHeldAndThenIgnoredIsNoCandidateAnyMore() throws Exception {
        one.rules((candidate, now) -> new Decision(Action.HOLD, 1, ""), Decider.TRANSFER_ALL);
        one.write("a.log", "a");
        settle();
        assertThat(one.folder().held()).hasSize(1);
        one.write(".tidebox-ignore", "*.log\n");
        settle();
        assertThat(one.folder().held()).extracting(Held::path).containsExactly(".tidebox-ignore");
    }

    @Test
    void whatIsHeldInAFolderWhereNothingChangedIsIgnoredToo() throws Exception {
        one.rules((candidate, now) -> new Decision(Action.HOLD, 1, ""), Decider.TRANSFER_ALL);
        one.write("dir/sub/a.log", "a");
        settle();
        one.write(".tidebox-ignore", "*.log\n");
        settle();
        assertThat(one.folder().held()).extracting(Held::path).doesNotContain("dir/sub/a.log");
    }

    @Test
    void renameToAnIgnoredNameIsADeletionAndBackAgainAFile() throws Exception {
        one.write("a", "a");
        one.write("stays", "stays");
        settle();
        Files.move(one.path("a"), one.path("a.part"));
        settle();
        assertThat(two.content()).containsOnlyKeys("stays");
        assertThat(one.read("a.part")).isEqualTo("a");
        Files.move(one.path("a.part"), one.path("a"));
        assertSame();
        assertThat(server.live()).extracting(Node::name).containsExactlyInAnyOrder("a", "stays");
    }

    @Test
    void folderThatWasDeletedElsewhereStaysWithWhatIsIgnoredInItAndSettles() throws Exception {
        one.write("project/sub/source", "1");
        one.write("project/.tidebox-ignore", "build/\n");
        one.write("other", "stays");
        settle();
        two.write("project/sub/a.part", "ignored");
        two.write("project/build/output", "ignored there");
        settle();
        removeTree(one.path("project"));
        settle();
        assertThat(one.content()).containsOnlyKeys("other");
        assertThat(two.content()).containsKeys("project/sub/a.part", "project/build/output")
                .doesNotContainKey("project/sub/source");
        assertThat(two.folder().status().problems()).singleElement().extracting(Problem::toString).asString()
                .contains("path=project,", "StaysHere");
        assertThat(two.folder().retryAt()).isEmpty();
        two.start();
        two.folder().ignore(new GitIgnoreProvider(), "*.part\n");
        settle();
        assertThat(server.live()).extracting(Node::name).containsExactly("other");
        removeTree(two.path("project"));
        settle();
        assertThat(two.folder().status().problems()).isEmpty();
    }

    @Test
    void folderThatStayedBecomesOneWithOneThatIsMadeElsewhere() throws Exception {
        one.write("project/sub/source", "1");
        one.write("other", "stays");
        settle();
        two.write("project/sub/a.part", "ignored");
        settle();
        removeTree(one.path("project"));
        settle();
        one.write("project/new", "made again");
        settle();
        assertThat(two.read("project/new")).isEqualTo("made again");
        assertThat(two.read("project/sub/a.part")).isEqualTo("ignored");
        assertThat(two.content()).containsOnlyKeys("other", "project", "project/new", "project/sub",
                "project/sub/a.part");
        assertThat(one.content()).containsOnlyKeys("other", "project", "project/new");
        assertThat(two.folder().status().conflicts()).isEmpty();
        two.write("project/sub/source", "in what stayed");
        settle();
        assertThat(one.read("project/sub/source")).isEqualTo("in what stayed");
        assertThat(two.folder().status().problems()).isEmpty();
    }

    @Test
    void whoWishesSoHasIgnoredFilesDeletedWithTheirFolder() throws Exception {
        one.write("project/sub/source", "1");
        one.write("project/.tidebox-ignore", "build/\n");
        one.write("other", "stays");
        settle();
        two.folder().deleteIgnored(true);
        two.write("project/sub/a.part", "ignored");
        two.write("project/build/deep/output", "ignored there");
        two.write("b.part", "in no folder that goes");
        settle();
        removeTree(one.path("project"));
        settle();
        assertThat(two.content()).containsOnlyKeys("other", "b.part");
        assertThat(two.folder().status().problems()).isEmpty();
    }

    private static void look(Device device, String folder) throws Exception {
        device.folder().sync(ScanScope.folders(Set.of(device.path(folder))), HeadNews.UNKNOWN_HEAD);
    }
}
