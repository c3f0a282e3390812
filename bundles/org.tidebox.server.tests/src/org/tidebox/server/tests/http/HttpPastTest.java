package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Messages.Confirmed;
import org.tidebox.wire.Messages.Deleted;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.Moment;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** What was, asked over real TLS. */
@Tag("P3")
class HttpPastTest extends OnHttp {
    @Test
    @Tag("A3")
    void pastIsToldByTreeDeletedAndMoment() throws Exception {
        Node folder = server.core.folder(NodeId.ROOT, "docs");
        commit(new Change(0, folder));
        commit(new Change(1, folder.withDeleted(true)));

        assertThat(HttpServer.read(server.get(Routes.tree(library) + "?asOf=1", token), ChangePage.class))
                .isEqualTo(new ChangePage(List.of(folder.withSequence(1)), 1, 2));
        assertThat(HttpServer.read(server.get(Routes.tree(library), token), ChangePage.class).nodes()).isEmpty();
        List<HistoryEntry> deleted = HttpServer.read(server.get(Routes.deleted(library), token), Deleted.class)
                .entries();
        assertThat(deleted).singleElement().satisfies(entry -> {
            assertThat(entry.node()).isEqualTo(folder.withDeleted(true).withSequence(2));
            assertThat(entry.device()).isEqualTo("laptop");
        });
        assertThat(HttpServer.read(server.get(Routes.deleted(library) + "?before=2", token), Deleted.class).entries())
                .isEmpty();
        for (Map.Entry<Instant, Long> moment : Map.of(deleted.get(0).time(), 2L, Instant.EPOCH, 0L).entrySet()) {
            assertThat(HttpServer.read(server.get(Routes.moment(library) + "?time=" + moment.getKey(), token),
                    Moment.class).sequence()).isEqualTo(moment.getValue());
        }
    }

    @Test
    @Tag("C1")
    void whatAPersonConfirmedIsTold() throws Exception {
        Node docs = server.core.folder(NodeId.ROOT, "docs");
        commit(new Change(0, docs));
        byte[] frames = TestServer.frames(List.of(), new Commit(CommitId.random(server.core.random),
                List.of(new Change(1, docs.withDeleted(true))), null, true));
        assertThat(server.post(Routes.upload(library), token, Routes.FRAMES, frames).statusCode()).isEqualTo(200);
        commit(new Change(0, server.core.folder(NodeId.ROOT, "new")));
        assertThat(confirmed(0)).containsExactly(new SequenceRange(2, 2));
        assertThat(confirmed(2)).isEmpty();
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.confirmed(library) + "?since=-1", token));
    }

    @Test
    @Tag("A3")
    void nodesAreFoundByFormerNames() throws Exception {
        Node docs = server.core.folder(NodeId.ROOT, "docs & more");
        commit(new Change(0, docs));
        commit(new Change(1, docs.withPlace(NodeId.ROOT, "papers")));
        String query = Routes.formerly(library) + "?parent=" + NodeId.ROOT + "&name=";
        assertThat(HttpServer.read(server.get(query + "docs+%26%20more", token), NodeIds.class).ids())
                .containsExactly(docs.id());
        assertThat(HttpServer.read(server.get(query + "nothing", token), NodeIds.class).ids()).isEmpty();
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.formerly(library) + "?name=docs", token));
    }

    private List<SequenceRange> confirmed(long since) throws Exception {
        return HttpServer.read(server.get(Routes.confirmed(library) + "?since=" + since, token), Confirmed.class)
                .ranges();
    }

    @Test
    @Tag("C1")
    void markThatTheHistoryDoesNotHaveIsAProblem() throws Exception {
        commit(new Change(0, server.core.folder(NodeId.ROOT, "docs")));
        String since = Routes.changes(library) + "?since=1&seen=";
        Mark mark = HttpServer.read(server.get(Routes.changes(library), token), ChangePage.class).mark();
        assertThat(mark.sequence()).isEqualTo(1);
        assertThat(HttpServer.read(server.get(since + mark, token), ChangePage.class))
                .isEqualTo(new ChangePage(List.of(), 1, 1, mark));
        Mark other = new Mark(1, new byte[Mark.DIGEST_LENGTH]);
        for (Mark bad : List.of(other, mark.at(2))) {
            assertThat(assertProblem(ProblemType.SET_BACK, server.get(since + bad, token)).detail())
                    .contains("set back");
        }
        byte[] frames = TestServer.frames(List.of(), new Commit(CommitId.random(server.core.random),
                List.of(new Change(0, server.core.folder(NodeId.ROOT, "new"))), other));
        assertProblem(ProblemType.SET_BACK, server.post(Routes.upload(library), token, Routes.FRAMES, frames));
    }

    @Test
    @Tag("A3")
    void foldersAreToldAsTheyWereInJsonAndCbor() throws Exception {
        Node docs = server.core.folder(NodeId.ROOT, "docs");
        Node letters = server.core.folder(docs.id(), "letters");
        commit(new Change(0, docs));
        commit(new Change(0, letters));
        commit(new Change(2, letters.withDeleted(true)));
        List<NodeId> folders = List.of(docs.id(), server.core.newId(), NodeId.ROOT);
        for (String type : List.of(Routes.JSON, Routes.CBOR)) {
            assertThat(tree(type, new FoldersAsOf(2, folders, 0, 10))).isEqualTo(new PastPage(
                    List.of(letters.withSequence(2), docs.withSequence(1)), List.of(), 3, 0, 3));
            assertThat(tree(type, new FoldersAsOf(Long.MAX_VALUE, folders, 0, Integer.MAX_VALUE)).nodes())
                    .containsExactly(docs.withSequence(1));
            assertThat(tree(type, new FoldersAsOf(0, folders, 0, 10)).nodes()).isEmpty();
            PastPage first = tree(type, new FoldersAsOf(2, folders, 0, 1));
            assertThat(first.nodes()).containsExactly(letters.withSequence(2));
            List<NodeId> rest = folders.subList(first.done(), folders.size());
            assertThat(tree(type, new FoldersAsOf(2, rest, first.after(), 10)).nodes())
                    .containsExactly(docs.withSequence(1));
        }
        assertThat(tree(Routes.JSON, new FoldersAsOf(2, List.of(), 0, 1)).nodes()).isEmpty();
    }

    private PastPage tree(String type, FoldersAsOf asked) throws Exception {
        return HttpServer.read(server.post(Routes.tree(library), token, type, Codec.write(asked, type)),
                PastPage.class);
    }

    @Test
    @Tag("A3")
    void newestVersionsOfNodesAreToldInJsonAndCbor() throws Exception {
        Node docs = server.core.folder(NodeId.ROOT, "docs");
        Node gone = server.core.folder(NodeId.ROOT, "gone");
        commit(new Change(0, docs));
        commit(new Change(0, gone));
        commit(new Change(2, gone.withDeleted(true)));
        commit(new Change(1, docs.withPlace(NodeId.ROOT, "papers")));
        NodeIds ids = new NodeIds(List.of(gone.id(), server.core.newId(), docs.id(), docs.id()));
        for (String type : List.of(Routes.JSON, Routes.CBOR)) {
            List<HistoryEntry> newest = HttpServer.read(
                    server.post(Routes.nodes(library), token, type, Codec.write(ids, type)), History.class).versions();
            assertThat(newest).extracting(HistoryEntry::node).containsExactlyInAnyOrder(
                    gone.withDeleted(true).withSequence(3), docs.withPlace(NodeId.ROOT, "papers").withSequence(4));
            assertThat(newest).extracting(HistoryEntry::device).containsOnly("laptop");
        }
        assertThat(HttpServer.read(server.post(Routes.nodes(library), token, new NodeIds(List.of())), History.class)
                .versions()).isEmpty();
    }
}
