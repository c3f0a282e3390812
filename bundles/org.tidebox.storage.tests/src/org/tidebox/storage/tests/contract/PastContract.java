package org.tidebox.storage.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;

/** What every {@link Journal} tells of the past. */
@Tag("A3")
@Tag("P4")
public abstract class PastContract {
    private static final int NOW = Integer.MAX_VALUE;
    private final Random random = new Random(16);
    private final Nodes nodes = new Nodes(random);
    private Journal journal;
    private LibraryId library;

    /** Opens an empty store, which the subclass closes after the test. */
    protected abstract MetadataStore open() throws Exception;

    @BeforeEach
    final void openEmpty() throws Exception {
        journal = open().journal();
        library = LibraryId.random(random);
        journal.create(1, library, "home", LibraryKind.SYNC);
    }

    @Test
    final void treeIsAsItWasAtEachSequence() throws Exception {
        Node folder = append(nodes.folder(NodeId.ROOT, "docs"));
        Node letter = append(nodes.file(folder.id(), "letter"));
        Node edited = append(new Node(letter.id(), 0, folder.id(), "letter", letter.kind(), nodes.attributes(),
                nodes.recipe(3), null, false));
        Node moved = append(edited.withPlace(NodeId.ROOT, "moved"));
        append(moved.withDeleted(true));
        append(folder.withDeleted(true));

        assertThat(journal.tree(library, 0, 0, 10)).isEqualTo(new ChangePage(List.of(), 0, 6));
        assertThat(journal.tree(library, 2, 0, 10)).isEqualTo(new ChangePage(List.of(folder, letter), 2, 6));
        assertThat(journal.tree(library, 3, 0, 10).nodes()).containsExactly(folder, edited);
        assertThat(journal.tree(library, 4, 0, 10).nodes()).containsExactly(folder, moved);
        assertThat(journal.tree(library, 5, 0, 10).nodes()).containsExactly(folder);
        assertThat(journal.tree(library, NOW, 0, 10)).isEqualTo(new ChangePage(List.of(), 6, 6));
    }

    @Test
    final void treeComesInPages() throws Exception {
        List<Node> written = nodes.append(journal, library,
                IntStream.range(0, 25).mapToObj(i -> nodes.file(NodeId.ROOT, "n" + i)).toList());
        nodes.append(journal, library, written.stream().map(node -> node.withDeleted(true)).toList());

        assertThat(journal.tree(library, 22, 0, 10)).isEqualTo(new ChangePage(written.subList(0, 10), 10, 50));
        assertThat(journal.tree(library, 22, 10, 10)).isEqualTo(new ChangePage(written.subList(10, 20), 20, 50));
        assertThat(journal.tree(library, 22, 20, 10)).isEqualTo(new ChangePage(written.subList(20, 22), 22, 50));
        assertThat(journal.tree(library, 22, 22, 10)).isEqualTo(new ChangePage(List.of(), 22, 50));
    }

    @Test
    final void foldersComeAsTheyWereInPages() throws Exception {
        Node one = append(nodes.folder(NodeId.ROOT, "one"));
        Node two = append(nodes.folder(NodeId.ROOT, "two"));
        Node empty = append(nodes.folder(NodeId.ROOT, "empty"));
        List<Node> inOne = nodes.append(journal, library,
                IntStream.range(0, 5).mapToObj(i -> nodes.file(one.id(), "n" + i)).toList());
        List<Node> inTwo = nodes.append(journal, library,
                IntStream.range(0, 3).mapToObj(i -> nodes.file(two.id(), "m" + i)).toList());
        long then = inTwo.getLast().sequence();
        append(inOne.get(0).withPlace(two.id(), "moved"));
        append(inOne.get(1).withDeleted(true));
        List<NodeId> folders = List.of(empty.id(), one.id(), two.id());
        long head = then + 2;

        assertThat(journal.children(library, folders, then, 0, 4))
                .isEqualTo(new PastPage(inOne.subList(0, 4), List.of(), 1, inOne.get(3).sequence(), head));
        assertThat(journal.children(library, folders.subList(1, 3), then, inOne.get(3).sequence(), 3)).isEqualTo(
                new PastPage(List.of(inOne.get(4), inTwo.get(0), inTwo.get(1)), List.of(), 1, inTwo.get(1).sequence(),
                        head));
        assertThat(journal.children(library, List.of(two.id()), then, inTwo.get(1).sequence(), 3))
                .isEqualTo(new PastPage(inTwo.subList(2, 3), List.of(), 1, 0, head));
        assertThat(journal.children(library, List.of(one.id()), NOW, 0, 10).nodes())
                .containsExactlyElementsOf(inOne.subList(2, 5));
        assertThat(journal.children(library, List.of(NodeId.ROOT), NOW, 0, 10).nodes())
                .containsExactly(one, two, empty);
        assertThat(journal.children(library, List.of(), NOW, 0, 10))
                .isEqualTo(new PastPage(List.of(), List.of(), 0, 0, head));
    }

    @Test
    final void newestVersionsOfManyNodesComeAtOnce() throws Exception {
        Node letter = append(nodes.file(NodeId.ROOT, "letter"));
        Node gone = append(append(nodes.file(NodeId.ROOT, "gone")).withDeleted(true));
        Node moved = append(letter.withPlace(NodeId.ROOT, "moved"));

        assertThat(journal.newest(library, List.of(letter.id(), gone.id(), NodeId.random(random), letter.id())))
                .containsExactlyInAnyOrder(new NodeVersion(moved, 7, JournalContract.NOW),
                        new NodeVersion(gone, 7, JournalContract.NOW));
        assertThat(journal.newest(library, List.of())).isEmpty();
    }

    @Test
    final void deletedNodesComeNewestFirstInPages() throws Exception {
        List<Node> written = nodes.append(journal, library,
                IntStream.range(0, 6).mapToObj(i -> nodes.file(NodeId.ROOT, "n" + i)).toList());
        List<Node> gone = nodes.append(journal, library,
                written.subList(0, 5).stream().map(node -> node.withDeleted(true)).toList());
        Node back = append(gone.get(1).withDeleted(false));

        assertThat(deleted(NOW, 2)).containsExactly(gone.get(4), gone.get(3));
        assertThat(deleted(gone.get(3).sequence(), 2)).containsExactly(gone.get(2), gone.get(0));
        assertThat(deleted(gone.get(0).sequence(), 2)).isEmpty();
        assertThat(deleted(NOW, 10)).extracting(Node::id).doesNotContain(back.id());
        assertThat(journal.deleted(library, NOW, 1)).containsExactly(new NodeVersion(gone.get(4), 7,
                JournalContract.NOW));
    }

    @Test
    final void timeTellsTheSequence() throws Exception {
        Instant start = JournalContract.NOW;
        for (int i = 1; i <= 20; i++) {
            nodes.append(journal, library, List.of(nodes.file(NodeId.ROOT, "a" + i), nodes.file(NodeId.ROOT, "b" + i)),
                    start.plusSeconds(10 * i));
        }

        assertThat(journal.sequenceAt(library, start)).isZero();
        assertThat(journal.sequenceAt(library, start.plusSeconds(10))).isEqualTo(2);
        assertThat(journal.sequenceAt(library, start.plusSeconds(10).minusMillis(1))).isZero();
        assertThat(journal.sequenceAt(library, start.plusSeconds(77))).isEqualTo(14);
        assertThat(journal.sequenceAt(library, start.plusSeconds(1_000_000))).isEqualTo(40);
    }

    @Test
    final void anotherLibrarysPastIsItsOwn() throws Exception {
        LibraryId other = LibraryId.random(random);
        journal.create(2, other, "home", LibraryKind.SYNC);
        append(append(nodes.file(NodeId.ROOT, "a")).withDeleted(true));

        assertThat(journal.tree(other, NOW, 0, 10)).isEqualTo(new ChangePage(List.of(), 0, 0));
        assertThat(journal.deleted(other, NOW, 10)).isEmpty();
        assertThat(journal.sequenceAt(other, JournalContract.NOW)).isZero();
        LibraryId unknown = LibraryId.random(random);
        assertThatThrownBy(() -> journal.tree(unknown, 1, 0, 10)).hasMessageContaining(unknown.toHex());
        assertThatThrownBy(() -> journal.deleted(unknown, 1, 10)).hasMessageContaining(unknown.toHex());
        assertThatThrownBy(() -> journal.sequenceAt(unknown, JournalContract.NOW)).isInstanceOf(StorageException.class);
    }

    /** A random journal: each sequence's tree is what a replay up to there gives. */
    @Test
    final void treeIsTheReplayOfTheJournal() throws Exception {
        long seed = Long.getLong("tidebox.seed", 3);
        Random choice = new Random(seed);
        Map<NodeId, Node> live = new HashMap<>();
        List<Map<NodeId, Node>> states = new ArrayList<>(List.of(Map.of()));
        for (int i = 1; i <= 60; i++) {
            Node next = live.isEmpty() || choice.nextInt(3) == 0
                    ? nodes.file(NodeId.ROOT, "n" + i)
                    : List.copyOf(live.values()).get(choice.nextInt(live.size())).withDeleted(choice.nextInt(4) == 0);
            Node written = append(next.deleted() ? next : next.withPlace(NodeId.ROOT, "m" + i));
            live.put(written.id(), written);
            live.values().removeIf(Node::deleted);
            states.add(Map.copyOf(live));
        }
        for (int asOf = 0; asOf <= 60; asOf++) {
            assertThat(journal.tree(library, asOf, 0, 100).nodes()).as("seed %d, as of %d", seed, asOf)
                    .containsExactlyInAnyOrderElementsOf(states.get(asOf).values());
        }
    }

    private Node append(Node node) throws StorageException {
        return nodes.append(journal, library, List.of(node)).get(0);
    }

    private List<Node> deleted(long before, int limit) throws StorageException {
        return journal.deleted(library, before, limit).stream().map(NodeVersion::node).toList();
    }
}
