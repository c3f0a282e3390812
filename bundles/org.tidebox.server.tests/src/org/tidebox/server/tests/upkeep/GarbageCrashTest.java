package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
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
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.tests.TestStorage;
import org.tidebox.server.upkeep.GcReport;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * A collection of garbage ends at each of its calls to the stores in turn, or at a call below them to disk or database,
 * before and after its work, and the server starts again: everything reachable is there, nothing is half done, and the
 * next collection frees the rest.
 */
@Tag("P3")
class GarbageCrashTest {
    /** How many calls to disk and database lie between two ends; 1 tries all. */
    private static final int STEP = Integer.getInteger("tidebox.faults.step", 97);
    /** More than may stay small, and how many calls of one kind lie between two ends of their merging. */
    private static final int SMALL_PACKS = 9;
    private static final int MERGING_STEP = 9;
    private static final Retention NOTHING = new Retention(0, 0, 0, 0, 0, 0, 0);

    @TempDir
    Path folder;
    private final FaultCounter faults = new FaultCounter();
    private Supplier<TestStorage> stores;
    private TestServer server;
    private Session session;
    private LibraryId library;
    // The server's own begins anew with each start.
    private final Random random = new Random(11);
    private final List<Content> kept = new ArrayList<>();
    private final List<Node> former = new ArrayList<>();
    private int smallPacks;

    @Test
    void collectionRecoversFromACrashAtEachCallToTheStores() throws Exception {
        stores = new Faults(faults)::storage;
        assertThat(endAtEach(1)).contains("PackStore.append", "PackStore.delete", "PackStore.seal", "PackStore.scan",
                "ChunkUpkeep.free", "ChunkUpkeep.move", "ChunkUpkeep.markUnused", "JournalUpkeep.thin",
                "JournalUpkeep.purge");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void collectionRecoversFromACrashAtCallsToDiskAndDatabase(boolean connectionBreaks) throws Exception {
        stores = new DeepFaults(faults, connectionBreaks)::storage;
        assertThat(endAtEach(STEP)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PackStore.append", "ChunkUpkeep.move", "PackStore.delete"})
    void mergingOfSmallPacksRecoversFromACrash(String call) throws Exception {
        stores = new Faults(faults)::storage;
        assertMergingRecovers(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.write", "disk.force", "disk.delete"})
    void mergingOfSmallPacksRecoversFromACrashBelowTheStores(String call) throws Exception {
        stores = new DeepFaults(faults, false)::storage;
        assertMergingRecovers(call);
    }

    private void assertMergingRecovers(String call) throws Exception {
        smallPacks = SMALL_PACKS;
        faults.only(call);
        assertThat(endAtEach(MERGING_STEP)).containsExactly(call);
    }

    /** Ends a collection at the first, the (1 + step)-th … call; returns the kinds of calls at which it ended. */
    private Set<String> endAtEach(int step) throws Exception {
        Set<String> ended = new TreeSet<>();
        open();
        server.join("ada");
        reopen();
        library = server.library(session, "docs");
        upkeep().setRetention(library, NOTHING);
        for (When when : When.values()) {
            boolean reached = true;
            for (int n = 1; reached; n += step) {
                reached = endOnce(when, n, ended);
            }
        }
        server.close();
        return ended;
    }

    /** Returns whether the collection ended early. */
    private boolean endOnce(When when, int n, Set<String> ended) throws Exception {
        makeGarbage();
        server.clock.advance(Duration.ofDays(1));
        faults.arm(n, when, true);
        try {
            upkeep().gc(Duration.ZERO);
        } catch (StorageException e) {
            assertThat(faults.failed()).as(e.getMessage()).isNotNull();
        }
        String call = faults.failed();
        faults.disarm();
        String as = "ended " + when + " " + call + " (call " + n + ")";
        if (call != null) {
            ended.add(call);
            reopen();
            server.clock.advance(Duration.ofDays(1 + n));
        }
        // The days that have passed may be more than a login lasts.
        session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        assertWhole(as);
        GcReport rest = upkeep().gc(Duration.ZERO);
        assertThat(rest.problems()).as(as).isEmpty();
        assertThat(rest.waitingChunks()).as(as).isZero();
        assertWhole(as + ", then collected");
        long live = server.admin.listAccounts().getFirst().used();
        assertThat(server.admin.stats().bytes()).as("room on the disk: %s", as).isLessThan(3 * live + 2000);
        return call != null;
    }

    /** Puts contents that stay, and deletes those that stayed before, and one that shares pieces with what stays. */
    private void makeGarbage() throws Exception {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            pieces.add(piece());
        }
        List<Node> before = List.copyOf(former);
        former.clear();
        kept.clear();
        keep(Contents.of(1, pieces.subList(0, 3)));
        delete(put(Contents.of(2, pieces)));
        for (int i = 0; i < smallPacks; i++) {
            server.seal(session);
            keep(Contents.of(1, List.of(piece())));
        }
        for (Node file : before) {
            delete(file);
        }
    }

    private void keep(Content content) throws Exception {
        former.add(put(content));
        kept.add(content);
    }

    private byte[] piece() {
        byte[] piece = new byte[200];
        random.nextBytes(piece);
        return piece;
    }

    private void assertWhole(String as) throws Exception {
        for (Content content : kept) {
            assertThat(Contents.fetch(server.server, session, library, content.recipe())).as(as)
                    .isEqualTo(content.bytes());
        }
        assertThat(upkeep().check(false).findings()).as(as).isEmpty();
        assertThat(upkeep().scrub().findings()).as(as).isEmpty();
    }

    private Node put(Content content) throws Exception {
        NodeId id = NodeId.random(random);
        Node file = Node.file(id, NodeId.ROOT, "n" + id, TestServer.ATTRIBUTES, content.recipe());
        return file.withSequence(commit(content.chunks(), new Change(0, file)));
    }

    private void delete(Node file) throws Exception {
        commit(List.of(), new Change(file.sequence(), file.withDeleted(true)));
    }

    private long commit(List<Sent> chunks, Change change) throws Exception {
        Commit commit = new Commit(CommitId.random(random), List.of(change));
        return server.upload(session, library, chunks, commit).commit().outcomes().getFirst().sequence();
    }

    private Upkeep upkeep() {
        return new Upkeep(server.data, server.clock);
    }

    private void open() throws Exception {
        server = new TestServer(new ServerLocation(folder, "localhost", 0, false, Map.of()), stores.get());
    }

    private void reopen() throws Exception {
        server.close();
        open();
        session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
    }
}
