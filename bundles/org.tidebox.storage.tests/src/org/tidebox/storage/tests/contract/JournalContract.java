package org.tidebox.storage.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.journal.JournalTransaction.Place;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;

/** What every {@link Journal} does. */
@Tag("C3")
@Tag("P4")
public abstract class JournalContract {
    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");
    private final Random random = new Random(6);
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
    final void librariesBelongToTheirAccount() throws Exception {
        Library home = new Library(library, "home", LibraryKind.SYNC, 0);
        Library box = journal.create(1, LibraryId.random(random), "a box", LibraryKind.BOX);
        Library other = journal.create(2, LibraryId.random(random), "home", LibraryKind.APPS);
        assertThat(journal.list(1)).containsExactly(box, home);
        assertThat(journal.list(2)).containsExactly(other);
        assertThat(journal.find(1, library)).contains(home);
        assertThat(journal.find(2, library)).isEmpty();
        assertThatThrownBy(() -> journal.create(1, LibraryId.random(random), "home", LibraryKind.SYNC))
                .isInstanceOf(AlreadyExistsException.class).hasMessageContaining("'home'");
    }

    @Test
    final void nameIsUniqueAmongLibrariesOfAKind() throws Exception {
        Library box = journal.create(1, LibraryId.random(random), "home", LibraryKind.BOX);
        Library apps = journal.create(1, LibraryId.random(random), "home", LibraryKind.APPS);
        assertThat(journal.list(1)).containsExactly(apps, box, new Library(library, "home", LibraryKind.SYNC, 0));
        assertThatThrownBy(() -> journal.create(1, LibraryId.random(random), "home", LibraryKind.BOX))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    final void liveNodeIsFoundAtItsPlace() throws Exception {
        Node folder = nodes.folder(NodeId.ROOT, "folder");
        Node file = nodes.file(folder.id(), "a");
        List<Node> written = nodes.append(journal, library, List.of(folder, file, nodes.file(NodeId.ROOT, "a")));
        assertThat(journal.find(library, NodeId.ROOT, "folder")).contains(written.get(0));
        assertThat(journal.find(library, folder.id(), "a")).contains(written.get(1));
        assertThat(journal.find(library, folder.id(), "A")).isEmpty();
        assertThat(journal.find(library, folder.id(), "a ")).isEmpty();
        Node gone = nodes.append(journal, library, List.of(written.get(1).withDeleted(true))).getFirst();
        assertThat(journal.find(library, folder.id(), gone.name())).isEmpty();
    }

    @Test
    final void unknownLibraryIsNamed() {
        LibraryId unknown = LibraryId.random(random);
        assertThatThrownBy(() -> journal.changes(unknown, 0, 10)).isInstanceOf(StorageException.class)
                .hasMessageContaining(unknown.toHex());
        assertThatThrownBy(() -> journal.transact(unknown, t -> t.head())).hasMessageContaining(unknown.toHex());
    }

    @Test
    final void allPartsOfANodeComeBack() throws Exception {
        List<Node> written = nodes.append(journal, library, List.of(nodes.file(NodeId.ROOT, "ä file \uD83D\uDE00 'x'"),
                nodes.folder(NodeId.ROOT, "f".repeat(255)), nodes.link(NodeId.random(random), "link "),
                Node.file(NodeId.random(random), NodeId.ROOT, "big", nodes.attributes(), nodes.recipe(128)),
                nodes.file(NodeId.ROOT, "gone").withDeleted(true)));
        assertThat(journal.changes(library, 0, 10)).isEqualTo(new ChangePage(written, 5, 5, mark(5)));
        assertThat(journal.find(1, library).orElseThrow().head()).isEqualTo(5);
        assertThat(journal.history(library, written.get(3).id(), Long.MAX_VALUE, 100))
                .containsExactly(new NodeVersion(written.get(3), 7, NOW));
    }

    @Test
    final void extendedAttributesComeBackFromEverywhere() throws Exception {
        ExtendedAttributes largest = ExtendedAttributes
                .of(Map.of("v", new byte[ExtendedAttributes.MAX_BYTES - 4]));
        ExtendedAttributes small = ExtendedAttributes.of(Map.of("empty", new byte[0], "größe", new byte[]{0, -1}));
        Node tagged = nodes.file(NodeId.ROOT, "tagged");
        Node first = nodes.append(journal, library, List.of(tagged.withAttributes(new Attributes(0, 0, small)))).get(0);
        Node second = nodes.append(journal, library, List.of(tagged.withAttributes(new Attributes(0, 0, largest))))
                .get(0);
        Node gone = nodes.append(journal, library, List.of(second.withDeleted(true))).get(0);
        assertThat(journal.changes(library, 0, 10).nodes()).containsExactly(gone);
        assertThat(journal.history(library, tagged.id(), Long.MAX_VALUE, 100)).extracting(NodeVersion::node)
                .containsExactly(gone, second, first);
        assertThat(journal.tree(library, 1, 0, 10).nodes()).containsExactly(first);
        assertThat(journal.deleted(library, Long.MAX_VALUE, 10)).extracting(NodeVersion::node).containsExactly(gone);
        CommitId commit = nodes.commit();
        CommitResult answer = new CommitResult(3, List.of(Outcome.rejected(Reason.STALE, second),
                Outcome.rejected(Reason.NAME_TAKEN, gone), Outcome.accepted(3)));
        journal.transact(library, transaction -> {
            transaction.append(commit, answer, List.of(), 7, NOW);
            return null;
        });
        Optional<CommitResult> again = journal.transact(library, transaction -> transaction.answered(commit));
        assertThat(again.map(CommitResult::outcomes)).contains(answer.outcomes());
    }

    @Test
    final void changesComeInPages() throws Exception {
        List<Node> written = nodes.append(journal, library,
                IntStream.range(0, 25).mapToObj(i -> nodes.file(NodeId.ROOT, "n" + i)).toList());
        assertThat(journal.changes(library, 0, 10)).isEqualTo(new ChangePage(written.subList(0, 10), 10, 25, mark(10)));
        assertThat(journal.changes(library, 10, 10))
                .isEqualTo(new ChangePage(written.subList(10, 20), 20, 25, mark(20)));
        assertThat(journal.changes(library, 20, 10))
                .isEqualTo(new ChangePage(written.subList(20, 25), 25, 25, mark(25)));
        assertThat(journal.changes(library, 25, 10)).isEqualTo(new ChangePage(List.of(), 25, 25, mark(25)));
    }

    @Test
    final void aChangedNodeComesOnceInItsNewestState() throws Exception {
        Node a = nodes.append(journal, library, List.of(nodes.file(NodeId.ROOT, "a"), nodes.file(NodeId.ROOT, "b")))
                .get(0);
        Node moved = nodes.append(journal, library, List.of(a.withPlace(NodeId.ROOT, "c"))).get(0);
        assertThat(journal.changes(library, 0, 10).nodes()).extracting(Node::name).containsExactly("b", "c");
        assertThat(journal.changes(library, 2, 10).nodes()).containsExactly(moved);
        assertThat(journal.history(library, a.id(), Long.MAX_VALUE, 100)).extracting(NodeVersion::node)
                .containsExactly(moved, a);
    }

    @Test
    final void nodesSwapTheirNamesInOneCommit() throws Exception {
        List<Node> pair = nodes.append(journal, library,
                List.of(nodes.file(NodeId.ROOT, "a"), nodes.file(NodeId.ROOT, "b")));
        nodes.append(journal, library, List.of(pair.get(0).withPlace(NodeId.ROOT, "tmp"),
                pair.get(1).withPlace(NodeId.ROOT, "a"), pair.get(0).withPlace(NodeId.ROOT, "b")));
        Map<Place, Node> found = at(new Place(NodeId.ROOT, "a"), new Place(NodeId.ROOT, "b"),
                new Place(NodeId.ROOT, "tmp"));
        assertThat(found.get(new Place(NodeId.ROOT, "a")).id()).isEqualTo(pair.get(1).id());
        assertThat(found.get(new Place(NodeId.ROOT, "b")).id()).isEqualTo(pair.get(0).id());
        assertThat(found).hasSize(2);
        assertThat(journal.history(library, pair.get(0).id(), Long.MAX_VALUE, 100)).hasSize(3);
    }

    @Test
    final void placesAreLookedUpByExactName() throws Exception {
        Node lower = nodes.append(journal, library,
                List.of(nodes.file(NodeId.ROOT, "name"), nodes.file(NodeId.ROOT, "name "),
                        nodes.file(NodeId.ROOT, "NAME"), nodes.file(NodeId.ROOT, "gone").withDeleted(true)))
                .get(0);
        assertThat(at(new Place(NodeId.ROOT, "name")))
                .containsExactly(Map.entry(new Place(NodeId.ROOT, "name"), lower));
        assertThat(at(new Place(NodeId.ROOT, "Name"), new Place(NodeId.random(random), "name"),
                new Place(NodeId.ROOT, "gone"))).isEmpty();
    }

    @Test
    final void liveChildrenAreCounted() throws Exception {
        Node full = nodes.folder(NodeId.ROOT, "full");
        Node empty = nodes.folder(NodeId.ROOT, "empty");
        nodes.append(journal, library, List.of(full, empty, nodes.file(full.id(), "a"), nodes.file(full.id(), "b"),
                nodes.file(full.id(), "c").withDeleted(true), nodes.file(empty.id(), "d").withDeleted(true)));
        assertThat(journal.<Map<NodeId, Integer>>transact(library, t -> t.liveChildren(List.of(full.id(), empty.id()))))
                .isEqualTo(Map.of(full.id(), 2));
    }

    @Test
    final void manyNodesAreLookedUpAtOnce() throws Exception {
        List<Node> written = nodes.append(journal, library,
                IntStream.range(0, 1300).mapToObj(i -> nodes.file(NodeId.ROOT, "n" + i)).toList());
        List<NodeId> ids = new ArrayList<>(written.stream().map(Node::id).toList());
        ids.add(NodeId.random(random));
        ids.addAll(ids.subList(0, 5));
        assertThat(journal.<Map<NodeId, Node>>transact(library, t -> t.nodes(ids)).values())
                .containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    final void librariesShareNoNodes() throws Exception {
        LibraryId other = LibraryId.random(random);
        journal.create(2, other, "home", LibraryKind.SYNC);
        Node node = nodes.append(journal, library, List.of(nodes.file(NodeId.ROOT, "a"))).get(0);
        assertThat(journal.changes(other, 0, 10)).isEqualTo(new ChangePage(List.of(), 0, 0, Mark.START));
        assertThat(journal.history(other, node.id(), Long.MAX_VALUE, 100)).isEmpty();
        assertThat(journal.<Map<NodeId, Node>>transact(other, t -> t.nodes(List.of(node.id())))).isEmpty();
        Node twin = nodes.append(journal, other, List.of(node.withPlace(NodeId.ROOT, "b"))).get(0);
        assertThat(journal.changes(other, 0, 10).nodes()).containsExactly(twin);
        assertThat(journal.changes(library, 0, 10).nodes()).containsExactly(node);
    }

    @Test
    final void answerOfACommitIsKept() throws Exception {
        List<Node> there = nodes.append(journal, library, List.of(nodes.link(NodeId.ROOT, "ä"),
                nodes.file(NodeId.ROOT, "b"), nodes.folder(NodeId.ROOT, "c")));
        CommitResult answer = new CommitResult(5, List.of(Outcome.accepted(4), Outcome.accepted(5),
                Outcome.rejected(Reason.STALE, there.get(0)), Outcome.rejected(Reason.STALE, there.get(0)),
                Outcome.rejected(Reason.NAME_TAKEN, there.get(1)), Outcome.rejected(Reason.NO_PARENT, null),
                Outcome.rejected(Reason.NO_PARENT, null), Outcome.rejected(Reason.NOT_EMPTY, there.get(2))));
        CommitId commit = nodes.commit();
        List<Node> versions = List.of(nodes.file(NodeId.ROOT, "x").withSequence(4), nodes.file(NodeId.ROOT, "y")
                .withSequence(5));
        Mark mark = journal.transact(library, t -> {
            assertThat(t.answered(commit)).isEmpty();
            return t.append(commit, answer, versions, 7, NOW);
        });
        nodes.append(journal, library, List.of(nodes.file(NodeId.ROOT, "later")));
        journal.transact(library, t -> assertThat(t.answered(commit)).contains(answer.withMark(mark)));
        journal.transact(library, t -> assertThat(t.answered(nodes.commit())).isEmpty());
    }

    @Test
    final void nodesAreFoundByTheNamesThatTheyHad() throws Exception {
        Node docs = nodes.folder(NodeId.ROOT, "docs").withSequence(1);
        Node first = nodes.file(docs.id(), "letter").withSequence(2);
        Node blank = nodes.file(docs.id(), "letter ").withSequence(3);
        append(false, docs, first, blank);
        append(false, first.withPlace(docs.id(), "renamed").withSequence(4));
        append(false, nodes.file(docs.id(), "letter").withSequence(5));
        List<NodeId> found = journal.formerly(library, docs.id(), "letter");
        assertThat(found).hasSize(2).endsWith(first.id());
        assertThat(journal.formerly(library, docs.id(), "letter ")).containsExactly(blank.id());
        assertThat(journal.formerly(library, NodeId.ROOT, "letter")).isEmpty();
        assertThat(journal.formerly(library, NodeId.ROOT, "docs")).containsExactly(docs.id());
    }

    @Test
    final void whatAPersonConfirmedIsTold() throws Exception {
        nodes.append(journal, library, List.of(nodes.folder(NodeId.ROOT, "a")));
        append(true, nodes.folder(NodeId.ROOT, "b").withSequence(2), nodes.folder(NodeId.ROOT, "c").withSequence(3));
        append(false, nodes.folder(NodeId.ROOT, "d").withSequence(4));
        append(true);
        append(true, nodes.folder(NodeId.ROOT, "e").withSequence(5));
        SequenceRange first = new SequenceRange(2, 3);
        SequenceRange last = new SequenceRange(5, 5);
        assertThat(journal.confirmed(library, 0, 10)).containsExactly(first, last);
        assertThat(journal.confirmed(library, 2, 10)).containsExactly(first, last);
        assertThat(journal.confirmed(library, 3, 10)).containsExactly(last);
        assertThat(journal.confirmed(library, 0, 1)).containsExactly(first);
        assertThat(journal.confirmed(library, 5, 10)).isEmpty();
    }

    private void append(boolean confirmed, Node... versions) throws StorageException {
        journal.transact(library, t -> {
            long head = t.head() + versions.length;
            Mark mark = t.append(nodes.commit(), Nodes.answer(head, List.of(versions)), List.of(versions), 7, NOW);
            if (confirmed) {
                t.confirm();
            }
            return mark;
        });
    }

    @Test
    final void markIsThatOfTheWholeCommit() throws Exception {
        assertThat(mark(0)).isEqualTo(Mark.START);
        List<Mark> told = new ArrayList<>();
        for (int size : List.of(3, 1, 2)) {
            List<Node> added = IntStream.range(0, size).mapToObj(i -> nodes.file(NodeId.ROOT, "n" + told.size() + i))
                    .toList();
            CommitId commit = nodes.commit();
            told.add(journal.transact(library, t -> {
                List<Node> versions = Nodes.following(t.head(), added);
                Mark expected = t.mark(t.head()).orElseThrow().after(commit, versions);
                Mark mark = t.append(commit, Nodes.answer(t.head() + size, versions), versions, 7, NOW);
                assertThat(mark).isEqualTo(expected);
                assertThat(t.mark(t.head())).as("before the transaction ends").contains(mark);
                return mark;
            }));
        }
        assertThat(told).extracting(Mark::sequence).containsExactly(3L, 4L, 6L);
        assertThat(List.of(mark(1), mark(2), mark(3))).containsExactly(told.get(0).at(1), told.get(0).at(2),
                told.get(0));
        assertThat(List.of(mark(4), mark(5), mark(6))).containsExactly(told.get(1), told.get(2).at(5), told.get(2));
        assertThat(journal.mark(library, 7)).isEmpty();
        assertThat(journal.changes(library, 1, 1).mark()).as("a page that ends inside a commit").isEqualTo(mark(2));
        assertThat(journal.changes(library, 9, 1).mark()).as("a reader beyond the head").isNull();
    }

    @Test
    final void commitThatAddsNothingLeavesTheMark() throws Exception {
        nodes.append(journal, library, List.of(nodes.file(NodeId.ROOT, "a")));
        Mark before = mark(1);
        Mark after = journal.transact(library,
                t -> t.append(nodes.commit(), new CommitResult(1, List.of()), List.of(), 7, NOW));
        assertThat(after).isEqualTo(before).isEqualTo(mark(1));
    }

    @Test
    final void marksOfLibrariesWithTheSamePastAreEqualUntilTheyDiffer() throws Exception {
        LibraryId other = LibraryId.random(random);
        journal.create(2, other, "home", LibraryKind.SYNC);
        CommitId commit = nodes.commit();
        List<Node> same = Nodes.following(0, List.of(nodes.file(NodeId.ROOT, "a")));
        for (LibraryId each : List.of(library, other)) {
            journal.transact(each, t -> t.append(commit, Nodes.answer(1, same), same, 7, NOW));
        }
        assertThat(journal.mark(other, 1)).contains(mark(1));
        Node next = nodes.file(NodeId.ROOT, "b");
        nodes.append(journal, library, List.of(next));
        nodes.append(journal, other, List.of(next));
        assertThat(journal.mark(other, 2)).isPresent().isNotEqualTo(Optional.of(mark(2)));
    }

    /** Whatever the limit: what one page does not hold, the next ones do. */
    @Test
    final void pagesEndWhereTheyAreHeavy() throws Exception {
        Attributes heavy = new Attributes(0, 0,
                ExtendedAttributes.of(Map.of("v", new byte[ExtendedAttributes.MAX_BYTES - 4])));
        Node folder = nodes.append(journal, library, List.of(nodes.folder(NodeId.ROOT, "folder"))).getFirst();
        List<Node> written = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            written.add(Node.folder(NodeId.random(random), folder.id(), "n" + i, heavy));
        }
        written = nodes.append(journal, library, written);
        Node other = Node.folder(NodeId.random(random), NodeId.ROOT, "other", heavy);
        List<Node> versions = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            versions.addAll(nodes.append(journal, library, List.of(other.withPlace(NodeId.ROOT, "o" + i))));
        }
        assertPages(written.size() + 2, from -> journal.changes(library, from, 1000).nodes(), 0);
        assertPages(written.size() + 2, from -> journal.tree(library, Long.MAX_VALUE, from, 1000).nodes(), 0);
        assertPages(written.size(), from -> journal.children(library, List.of(folder.id()), Long.MAX_VALUE, from, 1000)
                .nodes(), 0);
        assertPages(versions.size(), from -> journal.history(library, other.id(), from, 1000).stream()
                .map(NodeVersion::node).toList(), Long.MAX_VALUE);
        nodes.append(journal, library, written.stream().map(node -> node.withDeleted(true)).toList());
        assertPages(written.size(), from -> journal.deleted(library, from, 1000).stream()
                .map(NodeVersion::node).toList(), Long.MAX_VALUE);
    }

    private static void assertPages(int count, PageReader reader, long start) throws StorageException {
        int found = 0;
        int pages = 0;
        List<Node> page = reader.from(start);
        while (!page.isEmpty()) {
            long weight = page.stream().mapToLong(Node::weight).sum();
            assertThat(weight - page.getLast().weight()).isLessThan(ChangePage.MAX_WEIGHT);
            found += page.size();
            pages++;
            page = reader.from(page.getLast().sequence());
        }
        assertThat(found).isEqualTo(count);
        assertThat(pages).isGreaterThan(2);
    }

    @FunctionalInterface
    private interface PageReader {
        List<Node> from(long sequence) throws StorageException;
    }

    @Test
    final void sequenceWithAGapIsRefused() throws Exception {
        nodes.append(journal, library, List.of(nodes.file(NodeId.ROOT, "a")));
        for (long wrong : List.of(0L, 1L, 3L)) {
            Node node = nodes.file(NodeId.ROOT, "b").withSequence(wrong);
            assertThatThrownBy(() -> journal.transact(library, t -> {
                t.append(nodes.commit(), Nodes.answer(wrong, List.of(node)), List.of(node), 7, NOW);
                return null;
            })).isInstanceOf(StorageException.class);
        }
        assertThat(journal.changes(library, 0, 10).head()).isEqualTo(1);
    }

    @Test
    final void failedTransactionLeavesNothing() throws Exception {
        Node node = nodes.file(NodeId.ROOT, "a").withSequence(1);
        CommitId commit = nodes.commit();
        assertThatThrownBy(() -> journal.transact(library, t -> {
            t.append(commit, Nodes.answer(1, List.of(node)), List.of(node), 7, NOW);
            throw new StorageException("stop", true, null);
        })).hasMessage("stop");
        assertThat(journal.mark(library, 1)).isEmpty();
        assertThat(journal.changes(library, 0, 10)).isEqualTo(new ChangePage(List.of(), 0, 0, Mark.START));
        journal.transact(library, t -> assertThat(t.answered(commit)).isEmpty());
    }

    @Test
    final void manyCommittersLeaveNoGap() throws Exception {
        List<Callable<List<Node>>> commits = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String name = "n" + i;
            commits.add(() -> {
                Nodes own = new Nodes(new Random(name.hashCode()));
                return own.append(journal, library,
                        List.of(own.file(NodeId.ROOT, name), own.file(NodeId.ROOT, name + "x")));
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<List<Node>> result : threads.invokeAll(commits)) {
                List<Node> written = result.get();
                assertThat(written.get(1).sequence()).isEqualTo(written.get(0).sequence() + 1);
            }
        }
        assertThat(journal.changes(library, 0, 1000).nodes()).extracting(Node::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 160).boxed().toList());
    }

    private Mark mark(long sequence) throws StorageException {
        return journal.mark(library, sequence).orElseThrow();
    }

    private Map<Place, Node> at(Place... places) throws StorageException {
        return journal.transact(library, t -> t.at(List.of(places)));
    }
}
