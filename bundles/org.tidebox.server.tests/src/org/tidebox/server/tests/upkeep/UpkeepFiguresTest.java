package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.journal.Retention;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.Change;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.RecipeEntry;

/**
 * How long it takes to look after many chunks: {@code -Dtidebox.upkeep.chunks=N} says how many. Prints a line for each
 * piece of work; half of the files are deleted before garbage is collected.
 */
@EnabledIfSystemProperty(named = "tidebox.upkeep.chunks", matches = "\\d+")
class UpkeepFiguresTest {
    private static final int COUNT = Integer.getInteger("tidebox.upkeep.chunks", 0);
    private static final int LENGTH = Integer.getInteger("tidebox.upkeep.length", 4096);
    private static final int BATCH = 1_000;
    private static final int IN_A_FILE = 100;
    @TempDir
    Path folder;
    private final Random random = new Random(1);
    private long appending;
    private long indexing;

    private interface Work {
        Object run() throws Exception;
    }

    @Test
    void measure() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session session = server.session("ada");
            LibraryId library = server.library(session, "docs");
            Upkeep upkeep = new Upkeep(server.data, server.clock);
            upkeep.setRetention(library, new Retention(0, 0, 0, 0, 0, 0, 0));
            List<Node> files = new ArrayList<>();
            for (int i = 0; i < COUNT; i += BATCH) {
                files.addAll(store(server, session, library));
            }
            print("append " + COUNT + " chunks of " + LENGTH + " bytes", appending);
            print("enter them in the index", indexing);
            time("scrub", upkeep::scrub);
            time("check", () -> upkeep.check(false));
            time("check --rebuild", () -> upkeep.check(true));
            time("gc with nothing to do", () -> upkeep.gc(Upkeep.LEASE));
            for (int i = 0; i < files.size(); i += BATCH) {
                Change[] gone = files.subList(i, Math.min(i + BATCH, files.size())).stream()
                        .filter(file -> file.sequence() % 2 == 0)
                        .map(file -> new Change(file.sequence(), file.withDeleted(true))).toArray(Change[]::new);
                server.commit(session, library, gone);
            }
            server.clock.advance(Duration.ofDays(1));
            time("gc that frees half", () -> upkeep.gc(Duration.ZERO));
            assertThat(upkeep.check(false).findings()).isEmpty();
        }
    }

    private List<Node> store(TestServer server, Session session, LibraryId library) throws Exception {
        List<Sent> chunks = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            byte[] bytes = new byte[LENGTH];
            random.nextBytes(bytes);
            chunks.add(TestServer.chunk(bytes));
        }
        long account = session.account().id();
        try (Lease<Stores> stores = server.data.acquire()) {
            long began = System.nanoTime();
            List<PackPlace> places = stores.get().packs().append(Stores.spaceOf(account),
                    chunks.stream().map(Sent::chunk).toList());
            List<StoredChunk> rows = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                rows.add(new StoredChunk(chunks.get(i).id(), places.get(i), LENGTH, 0, LENGTH));
            }
            long appended = System.nanoTime();
            stores.get().metadata().chunks().add(account, rows);
            appending += appended - began;
            indexing += System.nanoTime() - appended;
        }
        List<Node> files = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (int from = 0; from < BATCH; from += IN_A_FILE) {
            RecipeEntry[] entries = chunks.subList(from, from + IN_A_FILE).stream().map(Sent::entry)
                    .toArray(RecipeEntry[]::new);
            Node file = server.file(NodeId.ROOT, "n" + server.newId(), TestServer.recipe(0, entries));
            changes.add(new Change(0, file));
            files.add(file);
        }
        long head = server.commit(session, library, changes.toArray(Change[]::new)).head() - files.size();
        for (int i = 0; i < files.size(); i++) {
            files.set(i, files.get(i).withSequence(head + i + 1));
        }
        return files;
    }

    private static void time(String what, Work work) throws Exception {
        long began = System.nanoTime();
        String done = String.valueOf(work.run());
        print(what + " " + done.replaceAll("findings=.*|problems=.*", ""), System.nanoTime() - began);
    }

    private static void print(String what, long nanos) {
        Runtime memory = Runtime.getRuntime();
        System.out.printf("FIGURE %8.2f s  heap %d MiB  %s%n", nanos / 1e9,
                (memory.totalMemory() - memory.freeMemory()) >> 20, what);
    }
}
