package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.rules.ignorefile.GitIgnoreProvider;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.OnTwoDevices;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * One scan is enough, in whatever order it meets the entries and whichever folders a watcher names: the other device
 * gets what is there, and what moved stays the node that it was. Names come in several pairs, because the order in
 * which they are met depends on them.
 */
@Tag("C1")
class ScanScopeTest extends OnTwoDevices {
    private static final int PAIRS = 12;

    @Test
    void renamedFolderIsTheSameHoweverOftenItsParentIsLookedAt() throws Exception {
        for (int i = 0; i < PAIRS; i++) {
            one.write("pictures" + i + "/kyoto/temple", "temple " + i);
        }
        arrive(ScanScope.EVERYTHING);
        Map<String, NodeId> before = ids();
        for (int i = 0; i < PAIRS; i++) {
            Files.move(one.path("pictures" + i + "/kyoto"), one.path("pictures" + i + "/japan"));
            arrive(subtrees("pictures" + i + "/japan", "pictures" + i));
        }
        assertThat(ids().values()).containsExactlyInAnyOrderElementsOf(before.values());
    }

    @Test
    void foldersThatSwapNamesKeepTheirEntries() throws Exception {
        for (int i = 0; i < PAIRS; i++) {
            one.write("a" + i + "/one", "one " + i);
            one.write("b" + i + "/two", "two " + i);
        }
        arrive(ScanScope.EVERYTHING);
        Map<String, NodeId> before = ids();
        for (int i = 0; i < PAIRS; i++) {
            swap(one.path("a" + i), one.path("b" + i));
            arrive(ScanScope.folders(paths("", "a" + i, "b" + i)));
        }
        assertThat(ids().values()).containsExactlyInAnyOrderElementsOf(before.values());
    }

    @Test
    void nameLeftByAMoveAndTakenAgainIsSeenAtOnce() throws Exception {
        for (int i = 0; i < PAIRS; i++) {
            one.write("file" + i, "old " + i);
            one.write("folder" + i + "/inside", "old inside " + i);
        }
        arrive(ScanScope.EVERYTHING);
        Map<String, NodeId> before = ids();
        for (int i = 0; i < PAIRS; i++) {
            Files.move(one.path("file" + i), one.path("file" + i + ".bak"));
            one.write("file" + i, "new, longer " + i);
            Files.move(one.path("folder" + i), one.path(i + "folder"));
            one.write("folder" + i + "/other", "new " + i);
        }
        arrive(ScanScope.EVERYTHING);
        for (int i = 0; i < PAIRS; i++) {
            // A file is the same by its name, as programs save, and a folder by what it holds.
            assertThat(ids()).containsEntry("file" + i, before.get("file" + i)).containsKey("file" + i + ".bak")
                    .containsEntry(i + "folder", before.get("folder" + i)).containsKey("folder" + i + "/other");
        }
    }

    @Test
    void allHardLinksOfAMovedFileAreSeenAtOnce() throws Exception {
        one.write("file", "linked");
        arrive(ScanScope.EVERYTHING);
        Files.createLink(one.path("first"), one.path("file"));
        Files.createLink(one.path("second"), one.path("file"));
        Files.delete(one.path("file"));
        arrive(ScanScope.EVERYTHING);
        assertThat(two.content()).containsOnlyKeys("first", "second");
    }

    @Test
    void folderMadeAnewUnderItsNameIsLookedInto() throws Exception {
        one.write("dir/deep/old", "old");
        arrive(ScanScope.EVERYTHING);
        Files.move(one.path("dir"), temporary.resolve("kept, so that its inode is not used again"));
        one.write("dir/deep/new", "new");
        arrive(ScanScope.folders(paths("")));
        assertThat(two.content()).containsOnlyKeys("dir", "dir/deep", "dir/deep/new");
    }

    @Test
    void namedEntryThatIsMissingStaysUntilSomebodySawItLeave() throws Exception {
        one.write("file", "text");
        one.write("other", "text");
        arrive(ScanScope.EVERYTHING);
        Files.delete(one.path("file"));
        one.folder().sync(entries(paths("file"), Set.of()), HeadNews.KNOWN_HEAD);
        assertThat(ids()).containsKey("file");
        arrive(entries(Set.of(), paths("file")));
        assertThat(ids()).containsOnlyKeys("other");
    }

    @Test
    void whatWasRenamedTwiceIsTheSameThoughOnlyTheFirstIsTold() throws Exception {
        one.write("folder/first", "text");
        arrive(ScanScope.EVERYTHING);
        NodeId before = ids().get("folder/first");
        Files.move(one.path("folder/first"), one.path("folder/third"));
        arrive(entries(paths("folder/second"), paths("folder/first")));
        assertThat(ids()).containsEntry("folder/third", before);
    }

    @Test
    void renameIsSeenByTheTwoNames() throws Exception {
        one.write("from/file", "text");
        one.write("to/other", "other");
        arrive(ScanScope.EVERYTHING);
        NodeId before = ids().get("from/file");
        Files.move(one.path("from/file"), one.path("to/file"));
        arrive(entries(paths("to/file"), paths("from/file")));
        assertThat(ids()).containsEntry("to/file", before).doesNotContainKey("from/file");
    }

    @Test
    void namedHardLinkIsAFileOfItsOwn() throws Exception {
        one.write("file", "linked");
        arrive(ScanScope.EVERYTHING);
        NodeId before = ids().get("file");
        Files.createLink(one.path("link"), one.path("file"));
        arrive(entries(paths("link"), Set.of()));
        assertThat(ids()).containsEntry("file", before).containsKey("link");
    }

    @Test
    void fileThatIsSavedInTwoStepsStaysTheSameUnderItsName() throws Exception {
        one.write("file", "old");
        arrive(ScanScope.EVERYTHING);
        NodeId before = ids().get("file");
        Files.move(one.path("file"), one.path("file.bak"));
        arrive(entries(paths("file.bak"), paths("file")));
        one.write("file", "new, longer");
        arrive(entries(paths("file"), Set.of()));
        assertThat(ids()).containsEntry("file", before).containsKey("file.bak");
    }

    @Test
    void namedIgnoreFileCountsForAllInItsFolder() throws Exception {
        one.folder().ignore(new GitIgnoreProvider(), "");
        one.write("folder/a.log", "held back before it was seen");
        one.write("folder/.tidebox-ignore", "*.log");
        one.write("folder/b.txt", "text");
        one.folder().sync(entries(paths("folder"), Set.of()), HeadNews.KNOWN_HEAD);
        assertThat(ids()).containsKey("folder/b.txt").doesNotContainKey("folder/a.log");
        Files.delete(one.path("folder/.tidebox-ignore"));
        one.folder().sync(entries(Set.of(), paths("folder/.tidebox-ignore")), HeadNews.KNOWN_HEAD);
        assertThat(ids()).containsKey("folder/a.log");
    }

    @Test
    void newFolderIsLookedInto() throws Exception {
        arrive(ScanScope.EVERYTHING);
        one.write("new/deep/file", "text");
        arrive(entries(paths("new"), Set.of()));
        assertThat(ids()).containsKey("new/deep/file");
    }

    private static ScanScope entries(Set<Path> there, Set<Path> gone) {
        return ScanScope.entries(there, gone);
    }

    private void arrive(ScanScope scope) throws Exception {
        assertThat(one.folder().sync(scope, HeadNews.KNOWN_HEAD).quiet()).isTrue();
        assertThat(two.sync().quiet()).isTrue();
        assertThat(two.content()).isEqualTo(one.content());
        assertThat(one.folder().status().problems()).isEmpty();
    }

    private Map<String, NodeId> ids() {
        return server.live().stream().collect(Collectors.toMap(this::path, Node::id));
    }

    private String path(Node node) {
        Map<NodeId, Node> all = server.live().stream().collect(Collectors.toMap(Node::id, Function.identity()));
        return node.parent().equals(NodeId.ROOT) ? node.name() : path(all.get(node.parent())) + "/" + node.name();
    }

    private static ScanScope subtrees(String... names) {
        return ScanScope.subtrees(paths(names));
    }

    private static Set<Path> paths(String... names) {
        return Arrays.stream(names).map(Path::of).collect(Collectors.toSet());
    }
}
