package org.tidebox.sync.past;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.OnThePast;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** What was deleted is listed and comes back. */
@Tag("A3")
class TrashTest extends OnThePast {
    @Test
    void deletedTreeComesBackAsItWas() throws Exception {
        one.write("docs/deep/letter", "Dear Ada");
        one.write("docs/script", "#!");
        Files.setPosixFilePermissions(one.path("docs/script"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(one.path("docs/script"),
                FileTime.from(Instant.ofEpochSecond(1_000_000, 123_000_000)));
        Files.createDirectories(one.path("docs/empty"));
        Files.createSymbolicLink(one.path("docs/link"), Path.of("deep/letter"));
        one.write("stays", "here");
        quiet();
        TreeMap<String, String> before = one.content();
        Set<NodeId> ids = server.live().stream().map(Node::id).collect(Collectors.toSet());
        server.second(100);
        removeTree(one.path("docs"));
        quiet();

        Trash.Item item = trash().items().getFirst();
        assertThat(item.path()).isEqualTo("docs");
        assertThat(item.inside()).hasSize(5);
        bringBack(item);
        quiet();

        assertThat(one.content()).isEqualTo(before);
        assertThat(two.content()).isEqualTo(before);
        assertThat(server.live()).extracting(Node::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(trash().items()).isEmpty();
    }

    @Test
    void trashListsOncePerDeletionAndFindsByPathAndId() throws Exception {
        one.write("kept", "");
        one.write("docs/old", "1");
        one.write("docs/new", "2");
        one.write("other", "3");
        quiet();
        server.second(1_000);
        Files.delete(one.path("docs/old"));
        quiet();
        server.second(5_000);
        removeTree(one.path("docs"));
        quiet();
        server.second(9_000);
        Files.delete(one.path("other"));
        quiet();

        Trash trash = trash();

        assertThat(trash.items()).extracting(Trash.Item::path).containsExactly("other", "docs", "docs/old");
        Trash.Item docs = trash.byPath("docs").orElseThrow();
        assertThat(docs.inside()).extracting(Deleted::name).containsExactly("new");
        assertThat(trash.byId(docs.top().id().toHex().substring(24))).contains(docs);
        assertThat(trash.byPath("docs/new")).isPresent();
        assertThat(trash.byId("")).isEmpty();
        assertThat(trash.byPath("nothing")).isEmpty();
    }

    @Test
    void fileComesBackBesideTheOneThatTookItsNameAndIntoFoldersThatAreThereAgain() throws Exception {
        one.write("kept", "");
        one.write("docs/letter.txt", "old");
        quiet();
        removeTree(one.path("docs"));
        quiet();
        one.write("docs/letter.txt", "another letter");
        quiet();

        bringBack(trash().byPath("docs").orElseThrow());
        quiet();

        assertThat(two.content()).containsOnlyKeys("kept", "docs", "docs/letter.txt",
                "docs/letter (" + MARK + ").txt");
        assertThat(two.read("docs/letter.txt")).isEqualTo("another letter");
        assertThat(two.read("docs/letter (" + MARK + ").txt")).isEqualTo("old");
    }

    @Test
    void theRestOfAFolderIsFoundAfterOneFileOfItCameBack() throws Exception {
        one.write("kept", "");
        one.write("docs/old", "0");
        one.write("docs/a", "1");
        one.write("docs/deep/b", "2");
        one.write("docs/c", "3");
        quiet();
        server.second(1_000);
        Files.delete(one.path("docs/old"));
        quiet();
        server.second(5_000);
        removeTree(one.path("docs"));
        quiet();
        bringBack(trash().byPath("docs/a").orElseThrow());
        quiet();
        assertThat(trash().byPath("docs")).isEmpty();

        List<Trash.Item> rest = trash().lastBelow("docs");

        assertThat(rest).extracting(Trash.Item::path).containsExactlyInAnyOrder("docs/deep", "docs/c");
        for (Trash.Item item : rest) {
            bringBack(item);
        }
        quiet();
        assertThat(two.content()).containsOnlyKeys("kept", "docs", "docs/a", "docs/c", "docs/deep", "docs/deep/b");
        assertThat(trash().lastBelow("docs")).extracting(Trash.Item::path).containsExactly("docs/old");
    }

    @Test
    void fileComesBackWithTheFoldersAboveIt() throws Exception {
        one.write("kept", "");
        one.write("a/b/letter", "Dear Ada");
        quiet();
        removeTree(one.path("a"));
        quiet();

        bringBack(trash().byPath("a/b/letter").orElseThrow());
        quiet();

        assertThat(two.content()).containsOnlyKeys("kept", "a", "a/b", "a/b/letter");
    }

    @Test
    void trashComesBackWhateverRetentionHasLetGoOfItsHistory() throws Exception {
        one.write("kept", "");
        one.write("docs/deep/letter", "first");
        quiet();
        one.write("docs/deep/letter", "second, longer");
        quiet();
        TreeMap<String, String> before = one.content();
        removeTree(one.path("docs"));
        quiet();
        for (Deleted each : trash().byPath("docs").orElseThrow().inside()) {
            server.forgetOldVersions(each.id());
        }

        bringBack(trash().byPath("docs").orElseThrow());
        quiet();

        assertThat(two.content()).isEqualTo(before);
    }

    @Test
    void pathsAndTotalsOfADeletedTreeAreTold() throws Exception {
        one.write("kept", "");
        one.write("docs/deep/letter", "12345");
        one.write("docs/b", "123");
        quiet();
        removeTree(one.path("docs"));
        quiet();
        List<String> paths = new ArrayList<>();
        Subtree tree = new DeletedTree(server, Device.LIBRARY, trash().byPath("docs").orElseThrow());

        tree.read(page -> page.forEach(placed -> paths.add(placed.path())));

        assertThat(paths).containsExactlyInAnyOrder("deep", "deep/letter", "b").doesNotHaveDuplicates();
        assertThat(paths.indexOf("deep")).isLessThan(paths.indexOf("deep/letter"));
        assertThat(tree.count()).isEqualTo(new Subtree.Totals(2, 1, 8));
    }
}
