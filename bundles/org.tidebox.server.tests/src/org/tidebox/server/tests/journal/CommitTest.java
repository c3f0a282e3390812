package org.tidebox.server.tests.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.RecipeEntry;

/** The rules of a journal, one by one. */
@Tag("C3")
class CommitTest {
    @TempDir
    static Path folder;
    private static TestServer server;
    private static Session session;
    private LibraryId library;

    @BeforeAll
    static void open() throws Exception {
        server = new TestServer(folder);
        session = server.session("ada");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void makeLibrary() throws Exception {
        library = server.library(session, "docs " + server.newId());
    }

    @Test
    void changesGetSequencesWithoutGaps() throws Exception {
        Node docs = server.folder(NodeId.ROOT, "docs");
        Node empty = server.file(docs.id(), "empty", TestServer.recipe(0));

        CommitResult result = commit(new Change(0, docs), new Change(0, empty));

        assertThat(result).isEqualTo(
                new CommitResult(2, List.of(Outcome.accepted(1), Outcome.accepted(2)), result.mark()));
        assertThat(nodes()).containsExactly(docs.withSequence(1), empty.withSequence(2));
    }

    @Test
    void rejectedChangeTakesNoSequenceAndStopsNobody() throws Exception {
        Node one = server.folder(NodeId.ROOT, "one");
        Node orphan = server.folder(server.newId(), "orphan");
        Node two = server.folder(NodeId.ROOT, "two");

        CommitResult result = commit(new Change(0, one), new Change(0, orphan), new Change(0, two));

        assertThat(result.outcomes()).containsExactly(Outcome.accepted(1), Outcome.rejected(Reason.NO_PARENT, null),
                Outcome.accepted(2));
        assertThat(result.head()).isEqualTo(2);
    }

    @Test
    void replayGivesTheSameAnswerAndChangesNothing() throws Exception {
        Commit commit = new Commit(CommitId.random(server.random),
                List.of(new Change(0, server.folder(NodeId.ROOT, "a"))));
        CommitResult first = server.upload(session, library, List.of(), commit).commit();
        commit(new Change(0, server.folder(NodeId.ROOT, "b")));

        CommitResult again = server.upload(session, library, List.of(), commit).commit();

        assertThat(again).isEqualTo(first);
        assertThat(nodes()).hasSize(2);
    }

    @Test
    void staleBaseIsAnsweredWithTheCurrentNode() throws Exception {
        Node node = server.folder(NodeId.ROOT, "a");
        commit(new Change(0, node));
        Node renamed = node.withPlace(NodeId.ROOT, "b");
        commit(new Change(1, renamed));

        assertThat(only(new Change(1, node.withPlace(NodeId.ROOT, "c"))))
                .isEqualTo(Outcome.rejected(Reason.STALE, renamed.withSequence(2)));
        assertThat(only(new Change(0, node))).isEqualTo(Outcome.rejected(Reason.STALE, renamed.withSequence(2)));
        assertThat(only(new Change(5, server.folder(NodeId.ROOT, "new"))))
                .isEqualTo(Outcome.rejected(Reason.STALE, null));
        assertThat(only(new Change(0, server.folder(NodeId.ROOT, "x").withDeleted(true))))
                .isEqualTo(Outcome.rejected(Reason.STALE, null));
    }

    @Test
    void takenNameIsAnsweredWithItsHolder() throws Exception {
        Node holder = server.folder(NodeId.ROOT, "a");
        commit(new Change(0, holder));

        assertThat(only(new Change(0, server.folder(NodeId.ROOT, "a"))))
                .isEqualTo(Outcome.rejected(Reason.NAME_TAKEN, holder.withSequence(1)));
    }

    @Test
    void nameIsFreeAgainAfterItsHolderWentInTheSameCommit() throws Exception {
        Node old = server.folder(NodeId.ROOT, "a");
        commit(new Change(0, old));

        CommitResult result = commit(new Change(1, old.withDeleted(true)),
                new Change(0, server.folder(NodeId.ROOT, "a")));

        assertThat(result.outcomes()).allMatch(Outcome::isAccepted);
    }

    @Test
    void twoNodesSwapNamesInOneCommit() throws Exception {
        Node a = server.folder(NodeId.ROOT, "a");
        Node b = server.folder(NodeId.ROOT, "b");
        commit(new Change(0, a), new Change(0, b));

        CommitResult result = commit(new Change(1, a.withPlace(NodeId.ROOT, "between")),
                new Change(2, b.withPlace(NodeId.ROOT, "a")), new Change(1, a.withPlace(NodeId.ROOT, "b")));

        assertThat(result.outcomes()).containsExactly(Outcome.accepted(3), Outcome.accepted(4), Outcome.accepted(5));
        assertThat(nodes()).containsExactly(b.withPlace(NodeId.ROOT, "a").withSequence(4),
                a.withPlace(NodeId.ROOT, "b").withSequence(5));
    }

    @Test
    void parentMustBeALiveFolder() throws Exception {
        Node file = server.file(NodeId.ROOT, "file", TestServer.recipe(0));
        Node gone = server.folder(NodeId.ROOT, "gone");
        commit(new Change(0, file), new Change(0, gone));
        commit(new Change(2, gone.withDeleted(true)));

        for (NodeId parent : List.of(file.id(), gone.id(), server.newId())) {
            assertThat(only(new Change(0, server.folder(parent, "x"))))
                    .isEqualTo(Outcome.rejected(Reason.NO_PARENT, null));
        }
    }

    @Test
    void folderWithChildrenStays() throws Exception {
        Node top = server.folder(NodeId.ROOT, "top");
        Node child = server.folder(top.id(), "child");
        commit(new Change(0, top), new Change(0, child));

        assertThat(only(new Change(1, top.withDeleted(true))))
                .isEqualTo(Outcome.rejected(Reason.NOT_EMPTY, top.withSequence(1)));
        Node asFile = Node.file(top.id(), NodeId.ROOT, "top", TestServer.ATTRIBUTES, TestServer.recipe(0));
        assertThat(only(new Change(1, asFile))).isEqualTo(Outcome.rejected(Reason.NOT_EMPTY, top.withSequence(1)));
        CommitResult both = commit(new Change(2, child.withDeleted(true)), new Change(1, top.withDeleted(true)));
        assertThat(both.outcomes()).allMatch(Outcome::isAccepted);
    }

    @Test
    void folderCannotMoveIntoItself() throws Exception {
        Node a = server.folder(NodeId.ROOT, "a");
        Node b = server.folder(a.id(), "b");
        Node c = server.folder(b.id(), "c");
        commit(new Change(0, a), new Change(0, b), new Change(0, c));

        assertThat(only(new Change(1, a.withPlace(c.id(), "a"))))
                .isEqualTo(Outcome.rejected(Reason.CYCLE, a.withSequence(1)));
        assertThat(only(new Change(1, a.withPlace(a.id(), "a"))))
                .isEqualTo(Outcome.rejected(Reason.CYCLE, a.withSequence(1)));
    }

    @Test
    void twoMovesOfOneCommitCannotCloseACycleTogether() throws Exception {
        Node a = server.folder(NodeId.ROOT, "a");
        Node b = server.folder(NodeId.ROOT, "b");
        commit(new Change(0, a), new Change(0, b));

        CommitResult result = commit(new Change(1, a.withPlace(b.id(), "a")), new Change(2, b.withPlace(a.id(), "b")));

        assertThat(result.outcomes())
                .containsExactly(Outcome.accepted(3), Outcome.rejected(Reason.CYCLE, b.withSequence(2)));
    }

    @Test
    void deletionKeepsPlaceAndContentAndCanBeTakenBack() throws Exception {
        Node node = server.folder(NodeId.ROOT, "a");
        commit(new Change(0, node));

        assertThat(only(new Change(1, node.withPlace(NodeId.ROOT, "elsewhere").withDeleted(true))).isAccepted())
                .isTrue();
        assertThat(nodes()).containsExactly(node.withDeleted(true).withSequence(2));
        assertThat(only(new Change(2, node))).isEqualTo(Outcome.accepted(3));
        assertThat(nodes()).containsExactly(node.withSequence(3));
    }

    @Test
    void presentStateIsAcceptedWithoutANewVersion() throws Exception {
        Node node = server.folder(NodeId.ROOT, "a");
        CommitResult first = commit(new Change(0, node));

        CommitResult again = commit(new Change(1, node));

        assertThat(again).isEqualTo(first);
        assertThat(server.server.libraries().history(session, library, node.id(), Long.MAX_VALUE, 100).versions())
                .hasSize(1);
    }

    @Test
    void recipeMayNameOnlyWhatIsStoredAsItSays() throws Exception {
        Sent piece = TestServer.chunk(server.bytes(1000));
        Sent list = TestServer.list(1, piece.entry());
        server.upload(session, library, piece, list);
        RecipeEntry unknown = TestServer.chunk(server.bytes(10)).entry();

        assertThat(put(0, piece.entry()).isAccepted()).isTrue();
        assertThat(put(1, new RecipeEntry(list.id(), 1000)).isAccepted()).isTrue();
        Outcome missing = Outcome.rejected(Reason.MISSING_CHUNKS, null);
        assertThat(put(0, piece.entry(), unknown)).isEqualTo(missing);
        assertThat(put(0, new RecipeEntry(piece.id(), 999))).isEqualTo(missing);
        assertThat(put(1, piece.entry())).isEqualTo(missing);
        assertThat(put(1, new RecipeEntry(list.id(), 1001))).isEqualTo(missing);
        assertThat(put(2, new RecipeEntry(list.id(), 1000))).isEqualTo(missing);
    }

    @Test
    void renameAndAttributesNeedNoChunks() throws Exception {
        Sent piece = TestServer.chunk(server.bytes(100));
        Node file = server.file(NodeId.ROOT, "f", TestServer.recipe(0, piece.entry()));
        server.upload(session, library, List.of(piece),
                new Commit(CommitId.random(server.random), List.of(new Change(0, file))));

        assertThat(only(new Change(1, file.withPlace(NodeId.ROOT, "g"))).isAccepted()).isTrue();
        assertThat(server.server.libraries().history(session, library, file.id(), Long.MAX_VALUE, 100).versions())
                .extracting(entry -> entry.node().name()).containsExactly("g", "f");
    }

    private Outcome put(int depth, RecipeEntry... entries) throws Exception {
        return only(new Change(0,
                server.file(NodeId.ROOT, "f" + server.random.nextInt(), TestServer.recipe(depth, entries))));
    }

    private Outcome only(Change change) throws Exception {
        return commit(change).outcomes().getFirst();
    }

    private CommitResult commit(Change... changes) throws Exception {
        return server.commit(session, library, changes);
    }

    private List<Node> nodes() throws Exception {
        return server.server.libraries().changes(session, library, 0, null, 100).nodes();
    }
}
