package org.tidebox.server.tests.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Contents;
import org.tidebox.server.tests.Contents.Content;
import org.tidebox.server.tests.DeepFaults;
import org.tidebox.server.tests.FaultCounter;
import org.tidebox.server.tests.FaultCounter.When;
import org.tidebox.server.tests.Faults;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestStorage;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.JournalTransaction;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;

/**
 * Every call to the stores, and every call below them to disk and database, in an upload and a commit fails once,
 * before or after its work. The device does the same
 * again, and all is as if nothing had failed.
 */
@Tag("C3")
@Tag("P3")
class FailEachCallTest {
    @TempDir
    Path folder;
    private final FaultCounter faults = new FaultCounter();
    private final Random random = new Random(5);

    @Test
    void uploadAndCommitRecoverFromEachFailureOfAStore() throws Exception {
        assertThat(failEach(new Faults(faults).storage())).contains("PackStore.append", "ChunkIndex.missing",
                "ChunkIndex.claim", "ChunkIndex.add", "Journal.transact", "JournalTransaction.append",
                "JournalTransaction.chunks", "JournalTransaction.nodes", "Accounts.find", "Journal.find");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void uploadAndCommitRecoverFromEachFailureOfDiskAndDatabase(boolean connectionBreaks) throws Exception {
        assertThat(failEach(new DeepFaults(faults, connectionBreaks).storage())).contains("disk.write",
                "disk.force", "disk.truncate", "Connection.commit", "PreparedStatement.executeQuery",
                "PreparedStatement.executeUpdate", "Statement.executeBatch");
    }

    /** Returns the kinds of calls that failed. */
    private Set<String> failEach(TestStorage storage) throws Exception {
        ServerLocation location = new ServerLocation(folder, "localhost", 0, false, Map.of());
        Set<String> failed = new TreeSet<>();
        try (TestServer server = new TestServer(location, storage)) {
            Session session = server.session("ada");
            for (When when : When.values()) {
                boolean reached = true;
                for (int n = 1; reached; n++) {
                    reached = failOnce(server, session, when, n, failed);
                }
            }
        }
        return failed;
    }

    /** Returns whether a call failed. */
    private boolean failOnce(TestServer server, Session session, When when, int n, Set<String> failed)
            throws Exception {
        LibraryId library = server.library(session, when + " " + n);
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            byte[] piece = new byte[300];
            random.nextBytes(piece);
            pieces.add(piece);
        }
        Content content = Contents.of(2, pieces);
        Node place = server.folder(NodeId.ROOT, "folder");
        Node file = server.file(place.id(), "file", content.recipe());
        Commit commit = new Commit(CommitId.random(random), List.of(new Change(0, place), new Change(0, file)));
        long used = server.admin.listAccounts().getFirst().used();
        faults.arm(n, when, false);
        try {
            send(server, session, library, content, commit);
        } catch (StorageException e) {
            assertThat(faults.failed()).as(e.getMessage()).isNotNull();
        }
        String call = faults.failed();
        faults.disarm();
        CommitResult answer = send(server, session, library, content, commit);
        String as = call + " failed " + when + " its work";
        assertThat(answer.outcomes()).as(as).extracting(CommitResult.Outcome::sequence).containsExactly(1L, 2L);
        assertThat(server.server.libraries().changes(session, library, 0, null, 10).nodes()).as(as)
                .containsExactly(place.withSequence(1), file.withSequence(2));
        assertThat(server.server.libraries().history(session, library, file.id(), Long.MAX_VALUE, 100).versions())
                .as(as).hasSize(1);
        assertThat(Contents.fetch(server.server, session, library, content.recipe())).as(as).isEqualTo(content.bytes());
        assertThat(new Upkeep(server.data, server.clock).check(false).findings()).as(as).isEmpty();
        long metadata = place.weight() + file.weight() + JournalTransaction.WEIGHT_OF_ANSWER;
        long bytes = content.chunks().stream().mapToLong(sent -> 56 + sent.chunk().data().remaining()).sum();
        // Counted once: the chunks, both versions and the answer with its few bytes.
        assertThat(server.admin.listAccounts().getFirst().used()).as(as).isBetween(used + bytes + metadata,
                used + bytes + metadata + JournalTransaction.WEIGHT_OF_ANSWER);
        if (call != null) {
            failed.add(call);
        }
        return call != null;
    }

    /** What a device does, from the beginning. */
    private static CommitResult send(TestServer server, Session session, LibraryId library, Content content,
            Commit commit) throws Exception {
        List<ChunkId> missing = server.server.transfers().missing(session, library, content.ids()).ids();
        try {
            return server.upload(session, library, content.among(missing), commit).commit();
        } catch (ProblemException e) {
            throw new AssertionError("the device would not do the same again after: " + e.getMessage(), e);
        }
    }
}
