package org.tidebox.storage.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkMove;
import org.tidebox.storage.chunks.ChunkUpkeep;
import org.tidebox.storage.chunks.DamageRecord;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.PackUse;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.chunks.SweepGuard;
import org.tidebox.storage.chunks.WantedContent;
import org.tidebox.storage.journal.JournalFigures;
import org.tidebox.storage.journal.JournalUpkeep;
import org.tidebox.storage.journal.NodeRow;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.storage.journal.Retention;
import org.tidebox.storage.journal.VersionStamp;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;

/** What every database does for those who look after it. */
@Tag("P3")
@Tag("P4")
public abstract class UpkeepContract {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final Random random = new Random(8);
    private final Nodes nodes = new Nodes(random);
    private MetadataStore store;
    private ChunkUpkeep chunks;
    private JournalUpkeep journal;
    private DamageRecord damage;
    private LibraryId library;
    private long anna;

    /** Opens an empty store, which the subclass closes after the test. */
    protected abstract MetadataStore open() throws Exception;

    @BeforeEach
    final void openEmpty() throws Exception {
        store = open();
        chunks = store.chunkUpkeep();
        journal = store.journalUpkeep();
        damage = store.damage();
        anna = store.accounts().add("anna", Instant.EPOCH).id();
        library = LibraryId.random(random);
        store.journal().create(anna, library, "home", LibraryKind.SYNC);
    }

    @Test
    final void chunksComeInTheOrderOfTheirPlaces() throws Exception {
        List<StoredChunk> stored = add(25);
        store.chunks().add(store.accounts().add("bob", Instant.EPOCH).id(), stored.subList(0, 3));
        List<StoredChunk> seen = new ArrayList<>();
        List<IndexedChunk> page = chunks.page(anna, null, 4);
        while (!page.isEmpty()) {
            page.forEach(row -> seen.add(row.chunk()));
            page = chunks.page(anna, page.getLast().chunk().place(), 4);
        }
        assertThat(seen).containsExactlyElementsOf(stored);
        assertThat(chunks.count(anna)).isEqualTo(25);
        assertThat(chunks.highestLevel(anna)).isEqualTo(2);
        assertThat(chunks.page(anna, 1, null, 100)).hasSize(8).allMatch(row -> row.chunk().level() == 1);
        assertThat(chunks.packs(anna)).extracting(PackUse::chunks).containsExactly(10L, 10L, 5L);
        assertThat(chunks.sum(anna)).isEqualTo(used());
    }

    @Test
    final void unusedChunksAreMissingUntilTheyAreClaimed() throws Exception {
        List<ChunkId> ids = ids(add(6));
        chunks.markUnused(anna, ids.subList(0, 3), NOW);
        chunks.markUnused(anna, ids.subList(0, 3), NOW.plusSeconds(9));
        assertThat(chunks.page(anna, null, 3)).extracting(IndexedChunk::unusedSince).containsOnly(NOW);
        assertThat(store.chunks().missing(anna, ids)).containsExactlyInAnyOrderElementsOf(ids.subList(0, 3));
        assertThat(store.chunks().find(anna, ids)).hasSize(6);
        assertThat(store.chunks().claim(anna, ids.subList(0, 2))).hasSize(2);
        assertThat(store.chunks().missing(anna, ids)).containsExactly(ids.get(2));
        chunks.markUsed(anna, ids);
        assertThat(store.chunks().missing(anna, ids)).isEmpty();
    }

    @Test
    final void onlyWhatIsUnusedForLongIsFreed() throws Exception {
        List<ChunkId> ids = ids(add(6));
        long before = used();
        chunks.markUnused(anna, ids.subList(0, 2), NOW);
        chunks.markUnused(anna, ids.subList(2, 4), NOW.plusSeconds(1));
        SweepGuard guard = chunks.guard(anna);
        long freed = chunks.free(anna, ids, NOW, guard).orElseThrow();
        assertThat(store.chunks().find(anna, ids)).containsOnlyKeys(ids.subList(2, 6));
        assertThat(used()).isEqualTo(before - freed).isEqualTo(chunks.sum(anna));
    }

    @Test
    final void nothingIsFreedAfterACommitOrAClaimOfAList() throws Exception {
        List<ChunkId> ids = ids(add(6));
        chunks.markUnused(anna, ids, NOW);
        SweepGuard guard = chunks.guard(anna);
        store.chunks().claim(anna, ids.subList(0, 1));
        assertThat(chunks.guard(anna)).as("a piece of content").isEqualTo(guard);
        store.chunks().claim(anna, ids.subList(1, 2));
        assertThat(chunks.free(anna, ids, NOW, guard)).isEqualTo(OptionalLong.empty());
        SweepGuard next = chunks.guard(anna);
        nodes.append(store.journal(), library, List.of(nodes.file(NodeId.ROOT, "a")));
        assertThat(chunks.free(anna, ids, NOW, next)).isEqualTo(OptionalLong.empty());
        SweepGuard third = chunks.guard(anna);
        store.journal().create(anna, LibraryId.random(random), "second", LibraryKind.SYNC);
        assertThat(chunks.free(anna, ids, NOW, third)).isEqualTo(OptionalLong.empty());
        assertThat(store.chunks().find(anna, ids)).hasSize(6);
    }

    @Test
    final void movedChunkIsFoundAtItsNewPlace() throws Exception {
        StoredChunk chunk = add(1).getFirst();
        PackPlace to = new PackPlace("00000009-00000000", 16, chunk.place().length());
        chunks.move(anna, List.of(new ChunkMove(chunk.id(), new PackPlace("other", 1, 2), to)));
        assertThat(store.chunks().find(anna, List.of(chunk.id())).get(chunk.id())).isEqualTo(chunk);
        chunks.move(anna, List.of(new ChunkMove(chunk.id(), chunk.place(), to)));
        assertThat(store.chunks().find(anna, List.of(chunk.id())).get(chunk.id()).place()).isEqualTo(to);
    }

    @Test
    final void aFrameOfAnotherLengthAtTheNewPlaceCounts() throws Exception {
        StoredChunk chunk = add(2).getFirst();
        long before = used();
        PackPlace to = new PackPlace("00000009-00000000", 16, chunk.place().length() + 500);
        chunks.move(anna, List.of(new ChunkMove(chunk.id(), chunk.place(), to)));
        assertThat(store.chunks().find(anna, List.of(chunk.id())).get(chunk.id()).place()).isEqualTo(to);
        assertThat(used()).isEqualTo(before + 500).isEqualTo(chunks.sum(anna));
        // What lies elsewhere by now is not moved, and not counted.
        chunks.move(anna, List.of(new ChunkMove(chunk.id(), chunk.place(), to),
                new ChunkMove(chunk.id(), to, chunk.place())));
        assertThat(used()).isEqualTo(before).isEqualTo(chunks.sum(anna));
    }

    @Test
    final void indexIsMadeAnew() throws Exception {
        List<StoredChunk> stored = add(5);
        chunks.recreate();
        assertThat(chunks.count(anna)).isZero();
        chunks.replace(anna, stored);
        chunks.replace(anna, stored.subList(0, 2));
        StoredChunk first = stored.getFirst();
        chunks.raise(anna, List.of(new StoredChunk(first.id(), first.place(), 0, 3, 999)));
        assertThat(chunks.page(anna, null, 9)).extracting(row -> row.chunk().level()).containsExactly(3, 1, 2, 0, 1);
        chunks.recount(anna);
        assertThat(used()).isEqualTo(stored.stream().mapToLong(chunk -> chunk.place().length()).sum());
        store.chunks().add(anna, stored);
        chunks.markUnused(anna, ids(stored), NOW);
        assertThat(chunks.page(anna, null, 9)).hasSize(5);
    }

    @Test
    final void damagedChunkIsMissingUntilItIsSentAgain() throws Exception {
        List<StoredChunk> stored = add(4);
        long before = used();
        StoredChunk list = stored.get(1);
        assertThat(damage.mark(anna, stored.subList(0, 2), NOW)).isEqualTo(2);
        assertThat(damage.mark(anna, stored.subList(1, 3), NOW.plusSeconds(1))).as("new ones").isEqualTo(1);
        damage.clear(anna, stored.subList(2, 3));
        assertThat(store.chunks().missing(anna, ids(stored))).containsExactlyInAnyOrder(stored.get(0).id(), list.id());
        assertThat(store.chunks().find(anna, ids(stored))).containsOnlyKeys(ids(stored.subList(2, 4)));
        assertThat(store.chunks().claim(anna, ids(stored))).containsOnlyKeys(ids(stored.subList(2, 4)));
        assertThat(chunks.find(anna, ids(stored))).hasSize(4);
        assertThat(chunks.page(anna, null, 2)).extracting(IndexedChunk::damagedSince).containsOnly(NOW);
        PackPlace place = new PackPlace("00000007-00000000", 16, 5);
        store.chunks().add(anna, List.of(new StoredChunk(list.id(), place, 40, 0, 40)));
        assertThat(store.chunks().find(anna, ids(stored)).get(list.id()))
                .as("new place, former level").isEqualTo(new StoredChunk(list.id(), place, 40, 1, 40));
        assertThat(used()).isEqualTo(before - list.place().length() + 5).isEqualTo(chunks.sum(anna));
        assertThat(damage.mark(anna, List.of(list), NOW)).as("what lies elsewhere now").isZero();
    }

    @Test
    final void contentsAreWantedUntilTheirChunksAreWholeOrTheyAreGone() throws Exception {
        List<StoredChunk> stored = add(3);
        List<Node> files = nodes.append(store.journal(), library, List.of(nodes.file(NodeId.ROOT, "a"),
                nodes.file(NodeId.ROOT, "b"), nodes.file(NodeId.ROOT, "c")));
        damage.mark(anna, stored.subList(0, 2), NOW);
        damage.want(anna, List.of(wanted(files.get(0), stored.get(0)), wanted(files.get(0), stored.get(1))));
        damage.want(anna, List.of(wanted(files.get(1), stored.get(1)), wanted(files.get(2), stored.get(2)),
                wanted(files.get(0), stored.get(0))));
        assertThat(damage.wanted(anna).get(library)).containsExactlyInAnyOrder(files.get(0).id(), files.get(1).id());
        nodes.append(store.journal(), library, List.of(files.get(1).withDeleted(true)));
        assertThat(damage.wanted(anna).get(library)).containsExactly(files.get(0).id());
        store.chunks().add(anna, stored.subList(0, 2));
        assertThat(damage.wanted(anna)).isEmpty();
        assertThat(damage.wanted(anna + 1)).isEmpty();
    }

    private WantedContent wanted(Node file, StoredChunk chunk) {
        return new WantedContent(library, file.id(), file.sequence(), chunk.id());
    }

    @Test
    final void retentionIsKeptForEachLibrary() throws Exception {
        assertThat(journal.retention(library)).isEqualTo(Retention.DEFAULT);
        journal.setRetention(library, new Retention(1, 2, 3, 4, 5, 6, 7));
        journal.setRetention(library, new Retention(7, 6, 5, 4, 3, 2, 1));
        assertThat(journal.retention(library)).isEqualTo(new Retention(7, 6, 5, 4, 3, 2, 1));
    }

    @Test
    final void thinnedVersionsAreGoneAndCurrentOnesStay() throws Exception {
        Node file = nodes.append(store.journal(), library, List.of(nodes.file(NodeId.ROOT, "a"))).getFirst();
        nodes.append(store.journal(), library, List.of(nodes.folder(NodeId.ROOT, "f")));
        Node moved = nodes.append(store.journal(), library, List.of(file.withPlace(NodeId.ROOT, "b"))).getFirst();
        assertThat(journal.thin(library, List.of(1L, 2L, 3L, 99L))).isEqualTo(1);
        assertThat(store.journal().history(library, file.id(), Long.MAX_VALUE, 100)).extracting(NodeVersion::node)
                .containsExactly(moved);
        assertThat(journal.figures(library)).isEqualTo(new JournalFigures(3, 3, 2, 1));
        assertThat(store.journal().changes(library, 0, 9).nodes()).hasSize(2).contains(moved);
        assertThat(journal.contents(library, 0, 9)).singleElement()
                .satisfies(row -> assertThat(row.recipe()).isEqualTo(file.recipe()));
        assertThat(journal.nodes(library, 0, 9)).extracting(NodeRow::problem).containsOnlyNulls();
        assertThat(journal.strays(library, 9)).isEmpty();
    }

    @Test
    final void oldAnswersAreForgottenAndMarksStay() throws Exception {
        List<CommitId> commits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Node> versions = Nodes.following(i, List.of(nodes.file(NodeId.ROOT, "n" + i)));
            CommitId commit = nodes.commit();
            Instant time = NOW.plusSeconds(i);
            long head = i + 1L;
            store.journal().transact(library,
                    t -> t.append(commit, Nodes.answer(head, versions), versions, 7, time));
            commits.add(commit);
        }
        Mark mark = store.journal().mark(library, 2).orElseThrow();
        assertThat(journal.forgetAnswers(library, NOW.plusSeconds(3), 2)).isEqualTo(2);
        assertThat(journal.forgetAnswers(library, NOW.plusSeconds(3), 2)).isEqualTo(1);
        assertThat(journal.forgetAnswers(library, NOW.plusSeconds(3), 2)).isZero();
        store.journal().transact(library, t -> {
            for (int i = 0; i < 5; i++) {
                assertThat(t.answered(commits.get(i)).isPresent()).as("answer %d", i).isEqualTo(i >= 3);
            }
            return null;
        });
        assertThat(store.journal().mark(library, 2)).contains(mark);
    }

    @Test
    final void versionThatFollowsUponThinnedOnesTellsSo() throws Exception {
        List<Node> versions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Node next = i == 0 ? nodes.file(NodeId.ROOT, "n0") : versions.getLast().withPlace(NodeId.ROOT, "n" + i);
            versions.addAll(nodes.append(store.journal(), library, List.of(next)));
        }
        NodeId id = versions.getFirst().id();
        journal.thin(library, List.of(2L, 3L));
        assertThat(thinned(id)).containsExactly(4L);
        assertThat(store.journal().children(library, List.of(NodeId.ROOT), 1, 0, 9).thinned()).containsExactly(id);
        assertThat(store.journal().children(library, List.of(NodeId.ROOT), 3, 0, 9))
                .isEqualTo(new PastPage(versions.subList(0, 1), List.of(id), 1, 0, 6));
        assertThat(store.journal().children(library, List.of(NodeId.ROOT), 4, 0, 9).thinned()).isEmpty();
        journal.thin(library, List.of(4L));
        assertThat(thinned(id)).as("the mark moves on").containsExactly(5L);
        assertThat(store.journal().newest(library, List.of(id)).getFirst().thinned()).isFalse();
    }

    private List<Long> thinned(NodeId id) throws StorageException {
        return store.journal().history(library, id, Long.MAX_VALUE, 100).stream().filter(NodeVersion::thinned)
                .map(version -> version.node().sequence()).toList();
    }

    @Test
    final void purgedNodeIsATombstone() throws Exception {
        List<Node> both = nodes.append(store.journal(), library,
                List.of(nodes.file(NodeId.ROOT, "a"), nodes.link(NodeId.ROOT, "l"), nodes.file(NodeId.ROOT, "b")));
        nodes.append(store.journal(), library,
                both.stream().map(node -> node.withDeleted(true)).toList());
        nodes.append(store.journal(), library, List.of(both.get(2)));
        assertThat(journal.purge(library, List.of(1L, 4L, 5L, 6L, 7L))).as("only what is deleted now").isEqualTo(2);
        assertThat(journal.purge(library, List.of(4L, 5L))).isZero();
        List<Node> told = store.journal().changes(library, 3, 9).nodes();
        assertThat(told).extracting(Node::deleted).containsExactly(true, true, false);
        assertThat(told.getFirst().recipe().entries()).isEmpty();
        assertThat(told.get(1).target()).isEmpty();
        assertThat(store.journal().deleted(library, 99, 9)).isEmpty();
        List<VersionStamp> stamps = journal.stamps(library, null, 4);
        stamps = new ArrayList<>(stamps);
        stamps.addAll(journal.stamps(library, stamps.getLast(), 9));
        assertThat(stamps).hasSize(7);
        assertThat(stamps.stream().filter(VersionStamp::purged).map(VersionStamp::sequence))
                .containsExactlyInAnyOrder(4L, 5L);
    }

    private long used() throws StorageException {
        return store.accounts().find(anna).orElseThrow().used();
    }

    private List<StoredChunk> add(int count) throws StorageException {
        List<StoredChunk> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] id = new byte[ChunkId.LENGTH];
            random.nextBytes(id);
            PackPlace place = new PackPlace("0000000" + i / 10 + "-00000000", 16 + i % 10 * 1000L,
                    60 + random.nextInt(900));
            added.add(new StoredChunk(new ChunkId(id), place, 40, i % 3, 40));
        }
        store.chunks().add(anna, added);
        return added;
    }

    private static List<ChunkId> ids(List<StoredChunk> stored) {
        return stored.stream().map(StoredChunk::id).toList();
    }
}
