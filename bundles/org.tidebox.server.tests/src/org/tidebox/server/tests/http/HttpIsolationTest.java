package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** At the door nobody can tell what is somebody else's from what is not there. */
@Tag("A6")
@Tag("D6")
class HttpIsolationTest extends OnHttp {
    private final Node secret = server.core.folder(NodeId.ROOT, "secret");
    private String stranger;
    private LibraryId strangers;
    private Mark mark;

    @BeforeEach
    void fillLibraries() throws Exception {
        stranger = server.core.join("bob" + server.core.random.nextInt(Integer.MAX_VALUE));
        strangers = library(stranger);
        commit(new Change(0, secret));
        commit(new Change(0, server.core.folder(secret.id(), "inside")));
        commit(stranger, strangers, new Change(0, server.core.folder(NodeId.ROOT, "own")));
        mark = HttpServer.read(server.get(Routes.changes(library), token), ChangePage.class).mark();
    }

    @Test
    void libraryOfAnotherAnswersLikeOneThatIsNotThere() throws Exception {
        LibraryId unknown = LibraryId.random(server.core.random);
        FoldersAsOf folders = new FoldersAsOf(2, List.of(NodeId.ROOT, secret.id()), 0, 10);
        NodeIds ids = new NodeIds(List.of(secret.id()));
        assertAlike(unknown, server.post(Routes.tree(library), stranger, folders),
                server.post(Routes.tree(unknown), stranger, folders));
        assertAlike(unknown, server.post(Routes.nodes(library), stranger, ids),
                server.post(Routes.nodes(unknown), stranger, ids));
        assertAlike(unknown, server.get(Routes.wanted(library), stranger),
                server.get(Routes.wanted(unknown), stranger));
    }

    /** Neither the right mark nor a wrong one tells that there is such a library. */
    @Test
    void markOfALibraryOfAnotherTellsNothing() throws Exception {
        LibraryId unknown = LibraryId.random(server.core.random);
        for (Mark seen : List.of(mark, new Mark(1, new byte[Mark.DIGEST_LENGTH]), Mark.START, mark.at(9))) {
            String query = "?since=0&seen=" + seen;
            assertAlike(unknown, server.get(Routes.changes(library) + query, stranger),
                    server.get(Routes.changes(unknown) + query, stranger));
            assertAlike(unknown, upload(library, seen), upload(unknown, seen));
        }
        Mark wrong = new Mark(mark.sequence(), new byte[Mark.DIGEST_LENGTH]);
        assertThat(assertProblem(ProblemType.SET_BACK,
                server.get(Routes.changes(strangers) + "?seen=" + mark, stranger)))
                .isEqualTo(assertProblem(ProblemType.SET_BACK,
                        server.get(Routes.changes(strangers) + "?seen=" + wrong, stranger)));
    }

    @Test
    void nodesOfAnotherAreNotThereInOnesOwnLibrary() throws Exception {
        NodeId unknown = server.core.newId();
        assertSame(server.post(Routes.nodes(strangers), stranger, new NodeIds(List.of(secret.id()))),
                server.post(Routes.nodes(strangers), stranger, new NodeIds(List.of(unknown))));
        assertSame(server.post(Routes.tree(strangers), stranger, new FoldersAsOf(9, List.of(secret.id()), 0, 9)),
                server.post(Routes.tree(strangers), stranger, new FoldersAsOf(9, List.of(unknown), 0, 9)));
        assertSame(server.get(Routes.history(strangers) + "?node=" + secret.id(), stranger),
                server.get(Routes.history(strangers) + "?node=" + unknown, stranger));
    }

    private HttpResponse<byte[]> upload(LibraryId to, Mark seen) throws Exception {
        Commit commit = new Commit(CommitId.random(server.core.random),
                List.of(new Change(0, server.core.folder(NodeId.ROOT, "x"))), seen);
        return server.post(Routes.upload(to), stranger, Routes.FRAMES, TestServer.frames(List.of(), commit));
    }

    private void assertAlike(LibraryId unknown, HttpResponse<byte[]> others, HttpResponse<byte[]> none)
            throws Exception {
        assertProblem(ProblemType.NOT_FOUND, others);
        assertThat(others.statusCode()).isEqualTo(none.statusCode());
        assertThat(text(others)).isEqualTo(text(none).replace(unknown.toHex(), library.toHex()));
    }

    private static void assertSame(HttpResponse<byte[]> others, HttpResponse<byte[]> none) {
        assertThat(others.statusCode()).isEqualTo(none.statusCode()).isEqualTo(200);
        assertThat(text(others)).isEqualTo(text(none)).doesNotContain("secret", "inside");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
