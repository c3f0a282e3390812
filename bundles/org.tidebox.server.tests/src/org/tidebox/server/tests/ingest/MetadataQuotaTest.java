package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** What is stored beside contents counts, too. */
@Tag("C8")
@Timeout(120)
class MetadataQuotaTest {
    private static final Attributes HEAVY = TestServer.ATTRIBUTES.withExtended(
            ExtendedAttributes.of(Map.of("v", new byte[ExtendedAttributes.MAX_BYTES - 4])));
    @TempDir
    static Path folder;
    private static TestServer server;
    private String account;
    private Session session;
    private LibraryId library;

    @BeforeAll
    static void open() throws Exception {
        server = new TestServer(folder);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void join() throws Exception {
        account = "ada" + server.random.nextInt(Integer.MAX_VALUE);
        session = server.session(account);
        library = server.library(session, "docs");
    }

    private void limit(long bytes) throws Exception {
        server.admin.setQuota(account, bytes);
        session = server.server.sessions().check(server.login(account), "192.0.2.1");
    }

    private long metadata() throws Exception {
        try (Lease<Stores> stores = server.data.acquire()) {
            return stores.get().metadata().accounts().metadata(session.account().id());
        }
    }

    @Test
    void foldersWithAttributesUseUpTheQuota() throws Exception {
        limit(1 << 20);
        List<Change> folders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            folders.add(new Change(0, server.folder(NodeId.ROOT, "f" + i).withAttributes(HEAVY)));
        }
        server.commit(session, library, folders.toArray(Change[]::new));
        assertThat(metadata()).isBetween(50L * ExtendedAttributes.MAX_BYTES, 60L * ExtendedAttributes.MAX_BYTES);
        List<Change> more = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            more.add(new Change(0, server.folder(NodeId.ROOT, "g" + i).withAttributes(HEAVY)));
        }
        long before = metadata();
        ProblemException refusal = catchThrowableOfType(ProblemException.class,
                () -> server.commit(session, library, more.toArray(Change[]::new)));
        assertThat(refusal.getType()).isEqualTo(ProblemType.QUOTA_EXCEEDED);
        assertThat(metadata()).isEqualTo(before);
        refusal = catchThrowableOfType(ProblemException.class, () -> server.upload(session, library,
                TestServer.chunk(server.bytes((1 << 20) - (int) before + 1))));
        assertThat(refusal.getType()).isEqualTo(ProblemType.QUOTA_EXCEEDED);
    }

    @Test
    void whoIsAtTheQuotaCanStillRenameAndDelete() throws Exception {
        Node node = server.folder(NodeId.ROOT, "a").withAttributes(HEAVY);
        server.commit(session, library, new Change(0, node));
        limit(100);
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> server.commit(session, library,
                new Change(0, server.folder(NodeId.ROOT, "b"))));
        assertThat(refusal.getType()).isEqualTo(ProblemType.QUOTA_EXCEEDED);
        Node renamed = node.withPlace(NodeId.ROOT, "c");
        assertThat(server.commit(session, library, new Change(1, renamed)).outcomes()).allMatch(Outcome::isAccepted);
        assertThat(server.commit(session, library, new Change(2, renamed.withDeleted(true))).outcomes())
                .allMatch(Outcome::isAccepted);
    }

    /** Renaming for ever fills the disk as well: there is an end to it. */
    @Test
    void renamesHaveAnEndBeyondTheQuota() throws Exception {
        limit(1);
        Node node = server.folder(NodeId.ROOT, "a").withAttributes(HEAVY);
        limit(0);
        server.commit(session, library, new Change(0, node));
        limit(1);
        ProblemException refusal = null;
        long head = 1;
        for (int round = 0; refusal == null && round < 5; round++) {
            List<Change> renames = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                renames.add(new Change(head, node.withPlace(NodeId.ROOT, "n" + (i + round * 1_000))));
            }
            refusal = catchThrowableOfType(ProblemException.class,
                    () -> server.commit(session, library, renames.toArray(Change[]::new)));
            head += 1_000;
        }
        assertThat(refusal).isNotNull();
        assertThat(refusal.getType()).isEqualTo(ProblemType.QUOTA_EXCEEDED);
    }

    @Test
    void answersToStaleCommitsKeepNoNodes() throws Exception {
        Node node = server.folder(NodeId.ROOT, "a").withAttributes(HEAVY);
        server.commit(session, library, new Change(0, node));
        long before = metadata();
        CommitId id = CommitId.random(server.random);
        Commit stale = new Commit(id, Collections.nCopies(1_000, new Change(7, node)));
        CommitResult answer = server.upload(session, library, List.of(), stale).commit();
        assertThat(metadata() - before).isLessThan(200);
        assertThat(answer.outcomes()).hasSize(1_000).noneMatch(Outcome::isAccepted);
        // What is in the way is shown, as much as makes a page.
        assertThat(answer.outcomes().getFirst().conflict().current()).isEqualTo(node.withSequence(1));
        assertThat(answer.outcomes().stream().filter(outcome -> outcome.conflict().current() != null).count())
                .isLessThan(150);
        CommitResult again = server.upload(session, library, List.of(), stale).commit();
        assertThat(again.outcomes()).extracting(outcome -> outcome.conflict().reason())
                .isEqualTo(answer.outcomes().stream().map(outcome -> outcome.conflict().reason()).toList());
        assertThat(again.outcomes().getFirst()).isEqualTo(answer.outcomes().getFirst());
        assertThat(again.head()).isEqualTo(answer.head());
    }

    @Test
    void whatRetentionLetsGoIsFreeAgain() throws Exception {
        Node node = server.folder(NodeId.ROOT, "a").withAttributes(HEAVY);
        for (int i = 0; i < 40; i++) {
            server.commit(session, library, new Change(i, node.withPlace(NodeId.ROOT, "n" + i)));
        }
        long before = metadata();
        Upkeep upkeep = new Upkeep(server.data, server.clock);
        upkeep.setRetention(library, new Retention(1, 0, 0, 0, 0, 0, 0));
        server.clock.advance(Duration.ofDays(200));
        assertThat(upkeep.gc(Duration.ZERO).problems()).isEmpty();
        long after = metadata();
        assertThat(after).isLessThan(before / 10).isPositive();
        try (Lease<Stores> stores = server.data.acquire()) {
            stores.get().metadata().chunkUpkeep().recount(session.account().id());
        }
        assertThat(metadata()).as("counted anew").isEqualTo(after);
    }
}
