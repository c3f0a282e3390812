package org.tidebox.server.tests.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** A server that is set back to a backup of its data folder, and commits that are sent again. */
@Tag("C1")
@Tag("C3")
class SetBackTest {
    @TempDir
    Path temporary;
    private final Random random = new Random(11);
    private TestServer server;
    private Session session;
    private LibraryId library;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(temporary.resolve("data"));
        session = server.session("ada");
        library = server.library(session, "docs");
        commit(null, folder("a"), folder("b"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void historyThatOnlyGrewIsNoSetBack() throws Exception {
        List<Mark> seen = new ArrayList<>(List.of(Mark.START, mark(1), mark(2)));
        for (int i = 0; i < 3; i++) {
            seen.add(commit(seen.getLast(), folder("more " + i)).mark());
        }
        restart();
        for (Mark each : seen) {
            assertThat(server.server.libraries().changes(session, library, each.sequence(), each, 10).mark())
                    .isEqualTo(seen.getLast());
        }
    }

    @Test
    void serverIsFoundSetBackBehindAtAndPastWhatWasSeen() throws Exception {
        Path backup = backUp();
        Mark shared = mark(2);
        Mark lost = commit(shared, folder("c"), folder("d")).mark();
        restore(backup);
        for (int others = 0; others < 4; others++) {
            assertSetBack(lost);
            assertSetBack(lost.at(3));
            assertThat(mark(2)).isEqualTo(shared);
            assertThat(server.server.libraries().changes(session, library, 2, shared, 10).head())
                    .isEqualTo(2L + others);
            commit(shared, folder("other " + others));
        }
    }

    @Test
    void refusedCommitChangesNothing() throws Exception {
        Path backup = backUp();
        Mark lost = commit(null, folder("c")).mark();
        restore(backup);
        commit(null, folder("other"));
        Mark before = mark(3);

        assertThatThrownBy(() -> commit(lost, folder("e"))).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.getType()).isEqualTo(ProblemType.SET_BACK));
        assertThat(server.server.libraries().find(session, library).head()).isEqualTo(3);
        assertThat(mark(3)).isEqualTo(before);
    }

    @Test
    void commitThatIsSentAgainAfterTheSetBackMakesTheSameHistory() throws Exception {
        Path backup = backUp();
        Commit commit = new Commit(CommitId.random(random), List.of(new Change(0, folder("c"))), mark(2));
        CommitResult first = send(commit);
        restore(backup);
        assertThat(send(commit)).isEqualTo(first);
        assertThat(send(commit)).as("answered from memory").isEqualTo(first);
        assertThat(server.server.libraries().changes(session, library, 3, first.mark(), 10).nodes()).isEmpty();
    }

    @Test
    void commitThatIsSentAgainAfterOthersCameFirstMakesAnotherHistory() throws Exception {
        Path backup = backUp();
        Commit commit = new Commit(CommitId.random(random), List.of(new Change(0, folder("c"))), mark(2));
        Mark lost = send(commit).mark();
        restore(backup);
        commit(null, folder("other"));
        assertThat(send(commit).mark().sequence()).isEqualTo(4);
        assertSetBack(lost);
    }

    @Test
    void answerIsKeptAsLongAsATokenAndLaterTheCommitChangesNothingAnyMore() throws Exception {
        Node old = folder("old");
        Node moved = server.server.libraries().changes(session, library, 0, null, 1).nodes().getFirst();
        Commit commit = new Commit(CommitId.random(random), List.of(new Change(0, old),
                new Change(1, moved.withPlace(NodeId.ROOT, "moved")), new Change(2, folder("taken"))), mark(2));
        CommitResult answer = send(commit);
        commit(null, old.withPlace(NodeId.ROOT, "elsewhere"), 3);
        Upkeep upkeep = new Upkeep(server.data, server.clock);
        server.clock.advance(Sessions.LIFE);
        session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        upkeep.gc(Upkeep.LEASE);
        assertThat(send(commit)).isEqualTo(answer);

        server.clock.advance(Duration.ofMillis(1));
        upkeep.gc(Upkeep.LEASE);
        long head = server.server.libraries().find(session, library).head();
        CommitResult again = send(commit);
        assertThat(again.outcomes().subList(0, 2)).extracting(outcome -> outcome.conflict().reason())
                .containsOnly(Reason.STALE);
        assertThat(again.outcomes().getFirst().conflict().current().name()).isEqualTo("elsewhere");
        assertThat(again.head()).isEqualTo(head);
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    private void assertSetBack(Mark seen) {
        assertThatThrownBy(() -> server.server.libraries().changes(session, library, seen.sequence(), seen, 10))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.getType()).isEqualTo(ProblemType.SET_BACK);
                    assertThat(e).hasMessageContaining("change " + seen.sequence());
                });
    }

    private Node folder(String name) {
        return Node.folder(NodeId.random(random), NodeId.ROOT, name, TestServer.ATTRIBUTES);
    }

    private CommitResult commit(Mark seen, Node... added) throws Exception {
        List<Change> changes = Stream.of(added).map(node -> new Change(0, node)).toList();
        return send(new Commit(CommitId.random(random), changes, seen));
    }

    private void commit(Mark seen, Node node, long base) throws Exception {
        send(new Commit(CommitId.random(random), List.of(new Change(base, node)), seen));
    }

    private CommitResult send(Commit commit) throws Exception {
        return server.upload(session, library, List.of(), commit).commit();
    }

    private Mark mark(long sequence) throws Exception {
        return server.server.libraries().changes(session, library, sequence - 1, null, 1).mark();
    }

    private void restart() throws Exception {
        server.close();
        server = new TestServer(temporary.resolve("data"));
    }

    private Path backUp() throws Exception {
        server.close();
        Path backup = temporary.resolve("backup");
        copy(temporary.resolve("data"), backup);
        server = new TestServer(temporary.resolve("data"));
        return backup;
    }

    private void restore(Path backup) throws Exception {
        server.close();
        Files.move(temporary.resolve("data"), temporary.resolve("lost"));
        copy(backup, temporary.resolve("data"));
        server = new TestServer(temporary.resolve("data"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
