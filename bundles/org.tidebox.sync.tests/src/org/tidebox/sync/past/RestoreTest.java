package org.tidebox.sync.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.past.Versions.Version;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.OnThePast;
import org.tidebox.sync.tests.RandomUser;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** What was is found again, and comes back in place. */
@Tag("A3")
class RestoreTest extends OnThePast {
    @Test
    void versionComesBackAsANewOneAndNoContentGoesUp() throws Exception {
        one.write("dir/letter", "first");
        quiet();
        two.write("dir/letter", "second, by two");
        quiet();
        NodeId id = node("letter").id();
        Files.move(one.path("dir/letter"), one.path("renamed"));
        quiet();
        long sent = server.chunksUp;

        Restorer restorer = restorer();
        restorer.bring(List.of(placed(id, 1)), true);
        Restorer.Result result = restorer.finish();
        quiet();

        assertThat(result.files()).isEqualTo(1);
        assertThat(one.read("renamed")).isEqualTo("first");
        assertThat(two.content()).containsOnlyKeys("dir", "renamed");
        assertThat(server.chunksUp).isEqualTo(sent);
        assertThat(server.history(Device.LIBRARY, id)).hasSize(4);
    }

    @Test
    void versionsTellTheirPathsThroughRenamesOfFileAndFolders() throws Exception {
        one.write("a/b/letter", "first");
        quiet();
        Files.move(one.path("a"), one.path("z"));
        quiet();
        two.write("z/b/letter", "second, longer");
        quiet();
        Files.move(one.path("z/b/letter"), one.path("post"));
        quiet();

        List<Version> versions = new Versions(server, Device.LIBRARY).of(node("post").id());

        assertThat(versions).extracting(Version::path).containsExactly("post", "z/b/letter", "a/b/letter");
        assertThat(versions).extracting(Version::number).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void folderGoesBackToATimeAndWhatCameLaterStays() throws Exception {
        one.write("docs/a", "a");
        one.write("docs/b", "b");
        one.write("docs/sub/c", "c");
        quiet();
        long then = server.head();
        one.write("docs/a", "ruined");
        Files.move(one.path("docs/b"), one.path("b elsewhere"));
        removeTree(one.path("docs/sub"));
        one.write("docs/later", "new");
        quiet();

        bringTree(then, node("docs").id());
        quiet();

        assertThat(two.content()).containsOnlyKeys("docs", "docs/a", "docs/b", "docs/sub", "docs/sub/c", "docs/later");
        assertThat(two.read("docs/a")).isEqualTo("a");
        assertThat(two.read("docs/sub/c")).isEqualTo("c");
    }

    @Test
    void namesThatWereSwappedAreSwappedBack() throws Exception {
        one.write("a", "was a");
        one.write("b", "was b, longer");
        quiet();
        long then = server.head();
        Files.move(one.path("a"), one.path("x"));
        Files.move(one.path("b"), one.path("a"));
        Files.move(one.path("x"), one.path("b"));
        quiet();

        bringTree(then, NodeId.ROOT);
        quiet();

        // A swap needs a third name, and nobody is to lose one: both texts are there.
        assertThat(two.content().values().stream().map(OnThePast::text)).contains("was a", "was b, longer");
    }

    @Test
    void editThatWasNotUploadedBecomesAConflictCopy() throws Exception {
        one.write("letter", "first");
        quiet();
        one.write("letter", "second!");
        quiet();
        one.write("letter", "not uploaded");

        Restorer restorer = restorer();
        restorer.bring(List.of(placed(node("letter").id(), 1)), true);
        restorer.finish();
        quiet();

        assertThat(one.read("letter")).isEqualTo("first");
        assertThat(one.content()).hasSize(2);
        assertThat(one.content().values()).anyMatch(text -> text.endsWith("not uploaded"));
        assertThat(two.content()).isEqualTo(one.content());
    }

    @Test
    void contentThatRetentionLetGoIsToldAndTheOthersComeBack() throws Exception {
        one.write("good", "good content");
        one.write("bad", "bad content");
        quiet();
        long then = server.head();
        Node bad = node("bad");
        removeTree(one.path("good"));
        one.write("bad", "newer content");
        quiet();
        server.forget(bad.recipe().entries().getFirst().id());

        Restorer.Result result = bringTree(then, NodeId.ROOT);
        quiet();

        assertThat(result.problems()).extracting(Problem::path).containsExactly("bad");
        assertThat(two.read("good")).isEqualTo("good content");
        assertThat(two.read("bad")).isEqualTo("newer content");
    }

    /** Whatever happened since, all that was there at a time is there again afterwards, and nothing else has gone. */
    @Test
    void everyStateComesBackInPlace() throws Exception {
        long seed = Long.getLong("tidebox.seed", 7);
        Random choice = new Random(seed);
        RandomUser user = new RandomUser(choice, new HashSet<>(), new HashSet<>());
        List<Long> heads = new ArrayList<>();
        Map<Long, Set<String>> texts = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            for (int j = choice.nextInt(6); j >= 0; j--) {
                user.act(one);
            }
            one.sync();
            heads.add(server.head());
            texts.put(server.head(), texts());
        }
        for (int i = 0; i < 10; i++) {
            long then = heads.get(choice.nextInt(heads.size()));
            Set<String> expected = new HashSet<>(texts.get(then));
            Restorer.Result result = bringTree(then, NodeId.ROOT);
            quiet();
            assertThat(result.problems()).as("seed %d, as of %d", seed, then).isEmpty();
            assertThat(texts()).as("seed %d, as of %d", seed, then).containsAll(expected);
            assertThat(two.content()).isEqualTo(one.content());
        }
    }

    @Test
    void folderIsReadWithoutTheRestOfTheLibrary() throws Exception {
        for (int i = 0; i < 300; i++) {
            one.write("elsewhere/" + i % 10 + "/f" + i, "text " + i);
        }
        one.write("docs/deep/a", "a");
        one.write("docs/b", "b");
        quiet();
        long then = server.head();
        one.write("docs/b", "later");
        quiet();
        long before = server.pastNodes;

        Restorer.Result result = bringTree(then, node("docs").id());

        assertThat(result.files()).isEqualTo(1);
        assertThat(server.pastNodes - before).isEqualTo(3);
    }

    @Test
    void whatLayAtAPathIsFound() throws Exception {
        one.write("docs/deep/letter", "Dear Ada");
        quiet();
        long then = server.head();
        Files.move(one.path("docs"), one.path("papers"));
        quiet();

        assertThat(PastFolder.find(server, Device.LIBRARY, then, List.of("docs", "deep", "letter")))
                .hasValueSatisfying(placed -> assertThat(placed.path()).isEqualTo("docs/deep/letter"));
        assertThat(PastFolder.find(server, Device.LIBRARY, then, List.of("papers"))).isEmpty();
        assertThat(PastFolder.find(server, Device.LIBRARY, server.head(), List.of("docs", "deep"))).isEmpty();
    }

    @Test
    void olderStateIsToldWhereTheOneOfThenIsNoLongerKept() throws Exception {
        one.write("docs/letter", "1");
        one.write("docs/other", "1");
        quiet();
        one.write("docs/letter", "22");
        one.write("docs/other", "22");
        quiet();
        long then = server.head();
        one.write("docs/letter", "333");
        quiet();
        NodeId letter = node("letter").id();
        server.forget(letter, List.of(server.history(Device.LIBRARY, letter).get(1).node().sequence()));

        List<PlacedNode> placed = new ArrayList<>();
        folder(then, node("docs").id()).read(placed::addAll);

        assertThat(placed).extracting(PlacedNode::path, PlacedNode::thinned, each -> each.node().recipe().size())
                .containsExactlyInAnyOrder(tuple("letter", true, 1L), tuple("other", false, 2L));
        assertThat(new Versions(server, Device.LIBRARY).of(letter)).extracting(version -> version.entry().thinned())
                .containsExactly(true, false);
    }

    /** The state that is wanted is there, and so is the one that it replaces; the rest of the history is another one. */
    @Test
    @Tag("C1")
    void serverThatWasSetBackIsToldNothing() throws Exception {
        one.write("letter", "first");
        quiet();
        one.write("letter", "second!");
        quiet();
        MemoryRemote.Backup backup = server.backUp();
        one.write("other", "after the backup");
        quiet();
        server.restore(backup);
        for (String name : List.of("new", "newer")) {
            server.inject(folder(name));
        }
        long head = server.head();

        Restorer restorer = restorer();
        List<PlacedNode> wanted = List.of(placed(node("letter").id(), 1));
        assertThatThrownBy(() -> restorer.bring(wanted, true)).isInstanceOfSatisfying(RemoteException.class,
                refusal -> assertThat(refusal.getReason()).isEqualTo(RemoteException.Reason.SET_BACK))
                .hasMessageContaining("set back");
        assertThat(restorer.finish()).isEqualTo(new Restorer.Result(0, 0, 0, 0, 0, List.of(), List.of()));
        assertThat(server.head()).isEqualTo(head);
        assertThat(one.read("letter")).isEqualTo("second!");
    }

    private Node folder(String name) {
        return new Node(NodeId.random(random), 0, NodeId.ROOT, name, NodeKind.FOLDER, new Attributes(0755, 0), null,
                null, false);
    }

    @Test
    void restoreThatBrokeOffGoesOn() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            one.write("many/" + i % 9 + "/f" + i, "text " + i);
        }
        quiet();
        long then = server.head();
        TreeMap<String, String> before = one.content();
        for (int i = 0; i < 2_500; i += 2) {
            one.write("many/" + i % 9 + "/f" + i, "ruined by a program " + i);
        }
        removeTree(one.path("many/3"));
        quiet();
        server.failIn(2);
        assertThatThrownBy(() -> bringTree(then, NodeId.ROOT)).hasStackTraceContaining("does not answer");
        assertThat(server.live()).hasSizeLessThan(2_510);

        Restorer.Result result = bringTree(then, NodeId.ROOT);
        quiet();

        assertThat(two.content()).isEqualTo(before);
        assertThat(result.renamed()).isEmpty();
        assertThat(result.problems()).isEmpty();
        int uploads = server.uploads;
        assertThat(bringTree(then, NodeId.ROOT).unchanged()).as("a third time").isEqualTo(2_510);
        assertThat(server.uploads).isEqualTo(uploads);
    }
}
