package org.tidebox.server.tests.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Nobody reaches, or learns of, what is somebody else's. */
@Tag("A6")
@Tag("D6")
class IsolationTest {
    private static final byte[] DIGEST = new byte[Mark.DIGEST_LENGTH];

    @TempDir
    static Path folder;
    private static TestServer server;
    private static Session ada;
    private static Session bob;
    private static LibraryId adas;
    private static LibraryId bobs;
    private static Sent secret;

    @BeforeAll
    static void open() throws Exception {
        server = new TestServer(folder);
        ada = server.session("ada");
        bob = server.session("bob");
        adas = server.library(ada, "docs");
        bobs = server.library(bob, "docs");
        secret = TestServer.chunk(server.bytes(5000));
        server.upload(ada, adas, secret);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void libraryOfAnotherLooksLikeOneThatIsNotThere() {
        LibraryId unknown = LibraryId.random(server.random);
        ChunkIds ids = new ChunkIds(List.of(secret.id()));
        for (LibraryId library : List.of(adas, unknown)) {
            String expected = "There is no library " + library + " in this account";
            assertNotFound(expected, () -> server.server.libraries().find(bob, library));
            assertNotFound(expected, () -> server.server.libraries().changes(bob, library, 0, null, 10));
            assertNotFound(expected,
                    () -> server.server.libraries().history(bob, library, NodeId.ROOT, Long.MAX_VALUE, 100));
            assertNotFound(expected, () -> server.server.history().tree(bob, library, 1, 0, 10));
            assertNotFound(expected, () -> server.server.history().children(bob, library,
                    new FoldersAsOf(1, List.of(NodeId.ROOT), 0, 10)));
            assertNotFound(expected, () -> server.server.history().newest(bob, library,
                    new NodeIds(List.of(NodeId.ROOT)), entry -> {
                    }));
            assertNotFound(expected, () -> server.server.libraries().changes(bob, library, 0, new Mark(7, DIGEST), 10));
            assertNotFound(expected, () -> server.upload(bob, library, List.of(), new Commit(
                    CommitId.random(server.random), List.of(), new Mark(7, DIGEST))));
            assertNotFound(expected, () -> server.server.history().deleted(bob, library, 1, 10));
            assertNotFound(expected, () -> server.server.history().moment(bob, library, Instant.EPOCH));
            assertNotFound(expected, () -> server.server.transfers().missing(bob, library, ids));
            assertNotFound(expected, () -> server.server.transfers().fetch(bob, library, ids, (chunk, level) -> {
            }));
            assertNotFound(expected, () -> server.upload(bob, library, secret));
            assertNotFound(expected, () -> server.commit(bob, library, new Change(0, server.folder(NodeId.ROOT, "x"))));
        }
    }

    @Test
    void everybodyListsTheirOwnOnly() throws Exception {
        assertThat(server.server.libraries().list(bob)).extracting(library -> library.id()).containsExactly(bobs);
    }

    @Test
    void chunkOfAnotherIsMissingCannotBeFetchedAndCannotBeNamed() throws Exception {
        ChunkIds ids = new ChunkIds(List.of(secret.id()));

        assertThat(server.server.transfers().missing(bob, bobs, ids)).isEqualTo(ids);
        assertNotFound("There is no chunk " + secret.id() + " in this account",
                () -> server.server.transfers().fetch(bob, bobs, ids, (chunk, level) -> {
                }));
        assertThat(server.commit(bob, bobs,
                new Change(0, server.file(NodeId.ROOT, "f", TestServer.recipe(0, secret.entry()))))
                .outcomes()).containsExactly(Outcome.rejected(Reason.MISSING_CHUNKS, null));
        assertThatThrownBy(() -> server.upload(bob, bobs, TestServer.list(1, secret.entry())))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void sameChunkInTwoAccountsIsStoredForBoth() throws Exception {
        Session eve = server.session("eve");

        assertThat(server.upload(eve, server.library(eve, "docs"), secret).stored()).isEqualTo(1);
    }

    private static void assertNotFound(String message, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.getType()).isEqualTo(ProblemType.NOT_FOUND)).hasMessage(message);
    }
}
