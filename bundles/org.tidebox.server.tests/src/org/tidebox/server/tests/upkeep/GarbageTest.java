package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Contents;
import org.tidebox.server.tests.Contents.Content;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.upkeep.GcReport;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;

/** What garbage collection frees, and what it leaves. */
@Tag("A3")
@Tag("P3")
class GarbageTest {
    private static final Retention NOTHING = new Retention(0, 0, 0, 0, 0, 0, 0);

    @TempDir
    Path folder;
    private TestServer server;
    private Session session;
    private LibraryId library;
    private Upkeep upkeep;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder);
        session = server.session("ada");
        library = server.library(session, "docs");
        upkeep = new Upkeep(server.data, server.clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void freedChunksGiveTheirRoomBack() throws Exception {
        Content kept = content(1, 20);
        Content gone = content(2, 60);
        put("kept", kept);
        Node file = put("gone", gone);
        delete(file);
        upkeep.setRetention(library, NOTHING);
        server.clock.advance(Duration.ofDays(1));
        long before = server.admin.stats().bytes();
        GcReport first = upkeep.gc(Upkeep.LEASE);
        assertThat(first.nodes()).isEqualTo(1);
        assertThat(first.versions()).isEqualTo(1);
        assertThat(first.chunks()).isZero();
        assertThat(first.waitingChunks()).isEqualTo(gone.ids().ids().size());
        server.clock.advance(Upkeep.LEASE);
        GcReport second = upkeep.gc(Upkeep.LEASE);
        assertThat(second.problems()).isEmpty();
        assertThat(second.chunks()).isEqualTo(gone.ids().ids().size());
        assertThat(second.packsWritten()).isEqualTo(1);
        assertThat(server.admin.stats().bytes()).isCloseTo(before - second.diskBytes(), Offset.offset(100L))
                .isLessThan(before / 2);
        assertThat(Contents.fetch(server.server, session, library, kept.recipe())).isEqualTo(kept.bytes());
        assertThatThrownBy(() -> Contents.fetch(server.server, session, library, gone.recipe()))
                .isInstanceOf(ProblemException.class);
        assertThat(upkeep.check(false).findings()).isEmpty();
        assertThat(upkeep.gc(Upkeep.LEASE)).as("nothing is left to do")
                .isEqualTo(new GcReport(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void smallPacksAreMergedAndWhatIsLeasedStays() throws Exception {
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Content content = content(i % 3, 4);
            contents.add(content);
            put("file" + i, content);
            server.seal(session);
        }
        Content waiting = content(1, 3);
        server.upload(session, library, waiting.chunks().toArray(TestServer.Sent[]::new));
        server.seal(session);
        assertThat(server.admin.stats().packs()).isEqualTo(21);
        GcReport report = upkeep.gc(Upkeep.LEASE);
        assertThat(report.problems()).isEmpty();
        assertThat(report.packsWritten()).as("all but the newest, which may grow").isEqualTo(20);
        assertThat(server.admin.stats().packs()).isEqualTo(2);
        assertThat(upkeep.gc(Upkeep.LEASE).packsWritten()).as("a second time").isZero();
        contents.add(waiting);
        Node file = server.file(NodeId.ROOT, "waiting", waiting.recipe());
        assertThat(server.commit(session, library, new Change(0, file)).outcomes().getFirst().isAccepted()).isTrue();
        for (Content content : contents) {
            assertThat(Contents.fetch(server.server, session, library, content.recipe())).isEqualTo(content.bytes());
        }
        assertThat(upkeep.scrub().findings()).isEmpty();
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    @Test
    void chunkToldAsStoredStaysForTheCommit() throws Exception {
        Content content = content(1, 5);
        server.upload(session, library, content.chunks().toArray(Sent[]::new));
        upkeep.gc(Upkeep.LEASE);
        assertThat(server.server.transfers().missing(session, library, content.ids()).ids())
                .as("what is noted as unused is asked for again").containsAll(content.ids().ids());
        server.clock.advance(Upkeep.LEASE.minusSeconds(1));
        assertThat(upkeep.gc(Upkeep.LEASE).chunks()).isZero();
        restart();
        assertThat(server.commit(session, library, new Change(0, server.file(NodeId.ROOT, "late", content.recipe())))
                .outcomes().getFirst().isAccepted()).isTrue();
        server.clock.advance(Upkeep.LEASE.multipliedBy(2));
        assertThat(upkeep.gc(Upkeep.LEASE).chunks()).isZero();
        assertThat(Contents.fetch(server.server, session, library, content.recipe())).isEqualTo(content.bytes());
    }

    @Test
    void chunkSentAgainBeginsItsLeaseAnew() throws Exception {
        Content content = content(2, 9);
        server.upload(session, library, content.chunks().toArray(Sent[]::new));
        upkeep.gc(Upkeep.LEASE);
        server.clock.advance(Upkeep.LEASE.plusDays(1));
        assertThat(server.upload(session, library, content.chunks().toArray(Sent[]::new)).stored())
                .as("it is still there").isZero();
        assertThat(server.server.transfers().missing(session, library, content.ids()).ids()).isEmpty();
        assertThat(upkeep.gc(Upkeep.LEASE).chunks()).isZero();
        assertThat(server.commit(session, library, new Change(0, server.file(NodeId.ROOT, "a", content.recipe())))
                .outcomes().getFirst().isAccepted()).isTrue();
    }

    @Test
    void zeroLeaseFreesAtOnce() throws Exception {
        Content content = content(2, 9);
        upkeep.setRetention(library, NOTHING);
        delete(put("gone", content(1, 4)));
        server.upload(session, library, content.chunks().toArray(Sent[]::new));
        GcReport report = upkeep.gc(Duration.ZERO);
        assertThat(report.chunks()).isEqualTo(content.ids().ids().size() + 4 + 2);
        assertThat(report.waitingChunks()).isZero();
        assertThat(server.admin.stats().bytes()).isZero();
        assertThat(server.admin.listAccounts().getFirst().used()).as("a name, and that it was deleted")
                .isLessThan(1_000);
    }

    @Test
    void deviceThatIsFarBehindStillLearnsOfADeletion() throws Exception {
        Node file = put("a", content(0, 2));
        put("b", content(0, 3));
        long behind = 2;
        delete(file);
        upkeep.setRetention(library, NOTHING);
        server.clock.advance(Duration.ofDays(400));
        upkeep.gc(Duration.ZERO);
        ChangePage changes = server.server.libraries().changes(session, library, behind, null, 100);
        assertThat(changes.head()).isEqualTo(3);
        assertThat(changes.nodes()).singleElement()
                .satisfies(node -> assertThat(node.deleted() && node.id().equals(file.id())).isTrue());
        assertThat(server.server.libraries().changes(session, library, 0, null, 100).nodes()).hasSize(2);
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    @Test
    void purgedNodeCanBePutBackByADeviceThatHasIt() throws Exception {
        Content content = content(1, 4);
        Node file = put("a", content);
        Node deleted = delete(file);
        upkeep.setRetention(library, NOTHING);
        server.clock.advance(Duration.ofDays(2));
        upkeep.gc(Duration.ZERO);
        Change back = new Change(deleted.sequence(), file);
        assertThat(server.commit(session, library, back).outcomes().getFirst().isAccepted()).isFalse();
        assertThat(server.upload(session, library, content.chunks(), new Commit(CommitId.random(server.random),
                List.of(back))).commit().outcomes().getFirst().isAccepted()).isTrue();
        assertThat(Contents.fetch(server.server, session, library, content.recipe())).isEqualTo(content.bytes());
    }

    @Test
    void currentVersionsStayWhateverRetentionSays() throws Exception {
        Content first = content(0, 3);
        Node file = put("a", first);
        Content last = content(1, 3);
        Node changed = server.file(NodeId.ROOT, "a", last.recipe());
        Change change = new Change(file.sequence(),
                new Node(file.id(), 0, NodeId.ROOT, "a", changed.kind(), changed.attributes(), last.recipe(), null,
                        false));
        server.upload(session, library, last.chunks(), new Commit(CommitId.random(server.random), List.of(change)));
        upkeep.setRetention(library, NOTHING);
        server.clock.advance(Duration.ofDays(1000));
        GcReport report = upkeep.gc(Duration.ZERO);
        assertThat(report.versions()).isEqualTo(1);
        assertThat(server.server.libraries().history(session, library, file.id(), Long.MAX_VALUE, 100).versions())
                .hasSize(1);
        session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        assertThat(Contents.fetch(server.server, session, library, last.recipe())).isEqualTo(last.bytes());
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    /** A list that a slow upload names stays, and so does what it names, of which the upload does not speak. */
    @Test
    @Tag("C5")
    void whatAListNamesStaysWhileAnUploadNeedsTheList() throws Exception {
        List<byte[]> pieces = new ArrayList<>(List.of(server.bytes(900), server.bytes(900), server.bytes(900)));
        pieces.add(server.bytes(900));
        Node gone = put("gone", Contents.of(2, pieces));
        pieces.set(3, server.bytes(900));
        Content next = Contents.of(2, pieces);
        List<ChunkId> missing = server.server.transfers().missing(session, library, next.ids()).ids();
        assertThat(missing).hasSize(3);
        delete(gone);
        upkeep.setRetention(library, NOTHING);
        server.clock.advance(Duration.ofDays(1));
        assertThat(upkeep.gc(Upkeep.LEASE).waitingChunks()).isPositive();
        server.clock.advance(Upkeep.LEASE);
        server.upload(session, library, next.among(missing).toArray(TestServer.Sent[]::new));
        assertThat(upkeep.gc(Upkeep.LEASE).chunks()).isPositive();
        assertThat(upkeep.check(false).findings()).isEmpty();
        server.commit(session, library, new Change(0, server.file(NodeId.ROOT, "next", next.recipe())));
        assertThat(Contents.fetch(server.server, session, library, next.recipe())).isEqualTo(next.bytes());
    }

    private void restart() throws Exception {
        server.close();
        server = new TestServer(folder);
        session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        upkeep = new Upkeep(server.data, server.clock);
    }

    private Content content(int depth, int pieces) {
        List<byte[]> bytes = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            bytes.add(server.bytes(1000));
        }
        return Contents.of(depth, bytes);
    }

    private Node put(String name, Content content) throws Exception {
        Node file = server.file(NodeId.ROOT, name, content.recipe());
        long sequence = server.upload(session, library, content.chunks(),
                new Commit(CommitId.random(server.random), List.of(new Change(0, file)))).commit().outcomes()
                .getFirst().sequence();
        return file.withSequence(sequence);
    }

    private Node delete(Node file) throws Exception {
        long sequence = server.commit(session, library, new Change(file.sequence(), file.withDeleted(true)))
                .outcomes().getFirst().sequence();
        return file.withDeleted(true).withSequence(sequence);
    }
}
