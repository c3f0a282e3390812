package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Contents;
import org.tidebox.server.tests.Contents.Content;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestStorage;
import org.tidebox.server.tests.limits.Meetings;
import org.tidebox.server.upkeep.CheckReport;
import org.tidebox.server.upkeep.GcReport;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkUpkeep;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Devices upload, commit, delete and fetch while garbage is collected again and again: nothing reachable is freed. */
@Tag("P3")
class GarbageRandomTest {
    private static final int STEPS = Integer.getInteger("tidebox.gc.steps", 60);
    private static final int NODES = 8;
    private static final int DEVICES = 3;

    @TempDir
    Path folder;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger differences = new AtomicInteger();
    private final Meetings commits = new Meetings();
    private final Meetings collections = new Meetings();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingReachableIsFreed(long number) throws Exception {
        long seed = Long.getLong("tidebox.seed", number);
        ServerLocation location = new ServerLocation(folder, "localhost", 0, false, Map.of());
        try (TestServer server = new TestServer(location, TestStorage.behind(new Hesitant(seed)));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Session session = server.session("ada");
            Upkeep upkeep = new Upkeep(server.data, server.clock);
            List<DeviceRun> devices = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                LibraryId library = server.library(session, "library" + i);
                upkeep.setRetention(library, new Retention(i, 0, 0, 0, 0, 0, 0));
                devices.add(new DeviceRun(server, session, library, new Random(seed * DEVICES + i)));
            }
            Future<Long> collecting = threads.submit(() -> collect(server, session, upkeep, new Random(seed)));
            List<Future<?>> running = new ArrayList<>();
            for (DeviceRun device : devices) {
                running.add(threads.submit(device::write));
                running.add(threads.submit(device::read));
            }
            try {
                for (int i = 0; i < running.size(); i += 2) {
                    running.get(i).get();
                }
            } finally {
                ending.set(true);
                commits.end();
                collections.end();
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertThat(collecting.get()).as("seed %d: chunks freed", seed).isPositive();
            assertThat(differences.get()).as("seed %d: differences met", seed).isPositive();
            for (DeviceRun device : devices) {
                device.assertWhole("seed " + seed);
            }
            CheckReport check = upkeep.check(false);
            assertThat(check.findings()).as("seed %d", seed).isEmpty();
            assertThat(upkeep.scrub().findings()).as("seed %d", seed).isEmpty();
        }
    }

    /** Returns how many chunks were freed. */
    private long collect(TestServer server, Session session, Upkeep upkeep, Random random) throws Exception {
        long freed = 0;
        while (!ending.get()) {
            server.clock.advance(Duration.ofMinutes(random.nextInt(240)));
            if (random.nextBoolean()) {
                // Small packs are merged sooner or later.
                server.seal(session);
            }
            differences.addAndGet(countDifferences());
            GcReport report = upkeep.gc(Duration.ofHours(random.nextInt(3) * 2L));
            assertThat(report.problems()).allMatch(problem -> problem.startsWith("Devices are busy"));
            freed += report.chunks();
            collections.happened();
        }
        // Devices may have been busy all the time; now nobody disturbs.
        for (int round = 0; round < 2; round++) {
            server.clock.advance(Duration.ofDays(3));
            freed += upkeep.gc(Duration.ofHours(1)).chunks();
        }
        return freed;
    }

    /** Returns how many chunks are stored as differences just now. */
    private int countDifferences() throws IOException {
        int count = 0;
        try (Stream<Path> files = Files.walk(folder.resolve("packs"))) {
            for (Path pack : files.filter(file -> file.toString().endsWith(".pack")).toList()) {
                String bytes = new String(Files.readAllBytes(pack), StandardCharsets.ISO_8859_1);
                count += bytes.split("TBCF\\x02", -1).length - 1;
            }
        }
        return count;
    }

    /** The real stores; whoever frees chunks often waits before that until devices have committed something. */
    private final class Hesitant implements TestStorage.Front {
        private final Random random;

        Hesitant(long seed) {
            this.random = new Random(seed);
        }

        @Override
        public <T> T of(Class<T> api, T store) {
            return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[]{api},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("free") && random.nextInt(3) == 0) {
                            commits.awaitNext();
                        }
                        try {
                            Object result = method.invoke(store, arguments);
                            return result instanceof ChunkUpkeep upkeep ? of(ChunkUpkeep.class, upkeep) : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    /** A device with a library of its own. */
    private final class DeviceRun {
        private final TestServer server;
        private final Session session;
        private final LibraryId library;
        private final Random random;
        private final Map<NodeId, Node> nodes = new ConcurrentHashMap<>();
        private final Map<NodeId, Content> contents = new ConcurrentHashMap<>();
        private final Deque<Content> former = new ArrayDeque<>();

        DeviceRun(TestServer server, Session session, LibraryId library, Random random) {
            this.server = server;
            this.session = session;
            this.library = library;
            this.random = random;
        }

        Void write() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                NodeId id = new NodeId(
                        new byte[]{1, (byte) random.nextInt(NODES), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                0});
                Node now = nodes.get(id);
                if (now != null && !now.deleted() && random.nextInt(3) == 0) {
                    contents.remove(id);
                    Node gone = now.withDeleted(true);
                    nodes.put(id, gone.withSequence(commit(gone, now.sequence(), List.of())));
                } else {
                    put(id, now == null ? 0 : now.sequence(), next(id));
                }
            }
            return null;
        }

        /** Returns a new content, often one that is like the present one or one that nothing names any more. */
        private Content next(NodeId id) {
            Content before = random.nextBoolean() ? contents.get(id) : former.peekFirst();
            Content next = before != null && random.nextInt(3) > 0
                    ? Contents.edited(random, before)
                    : Contents.random(random, 40);
            former.addLast(next);
            if (former.size() > NODES) {
                former.removeFirst();
            }
            return next;
        }

        private void put(NodeId id, long base, Content first) throws Exception {
            Content content = first;
            Node wanted = Node.file(id, NodeId.ROOT, "n" + id, new Attributes(0644, random.nextLong(1000)),
                    content.recipe());
            for (int attempt = 0;; attempt++) {
                List<ChunkId> missing = server.server.transfers().missing(session, library, content.ids()).ids();
                try {
                    // Sometimes the chunks come well before the commit.
                    if (random.nextBoolean()) {
                        server.upload(session, library,
                                content.among(missing).toArray(TestServer.Sent[]::new));
                        missing = List.of();
                        if (random.nextInt(3) == 0) {
                            collections.awaitNext();
                        }
                    }
                    contents.remove(id);
                    long sequence = commit(wanted, base, content.among(missing));
                    if (sequence > 0) {
                        commits.happened();
                        nodes.put(id, wanted.withSequence(sequence));
                        contents.put(id, content);
                        return;
                    }
                } catch (ProblemException e) {
                    // With no lease a chunk may go between question and use; the device then asks again.
                    assertThat(e.getType()).as(e.getMessage()).isIn(ProblemType.BAD_CHUNK, ProblemType.BASE_GONE);
                    content = content.whole();
                }
                repeated.incrementAndGet();
                assertThat(attempt).as("attempts").isLessThan(200);
            }
        }

        /** Returns the sequence, or 0 if chunks were missing. */
        private long commit(Node node, long base, List<TestServer.Sent> chunks) throws Exception {
            Commit commit = new Commit(new CommitId(bytes()), List.of(new Change(base, node)));
            Outcome outcome = server.upload(session, library, chunks, commit).commit().outcomes().getFirst();
            if (!outcome.isAccepted()) {
                assertThat(outcome.conflict().reason()).hasToString("MISSING_CHUNKS");
                return 0;
            }
            return outcome.sequence();
        }

        private byte[] bytes() {
            byte[] bytes = new byte[CommitId.LENGTH];
            random.nextBytes(bytes);
            return bytes;
        }

        Void read() throws Exception {
            while (!ending.get()) {
                for (Map.Entry<NodeId, Content> entry : contents.entrySet()) {
                    try {
                        assertServed(entry.getValue());
                    } catch (ProblemException | StorageException e) {
                        assertThat(contents.get(entry.getKey())).as("still current, but: " + e.getMessage())
                                .isNotSameAs(entry.getValue());
                    }
                }
            }
            return null;
        }

        void assertWhole(String when) throws Exception {
            assertThat(contents).as(when).isNotEmpty();
            for (Content content : contents.values()) {
                assertServed(content);
            }
        }

        private void assertServed(Content content) throws Exception {
            assertThat(Contents.fetch(server.server, session, library, content.recipe())).isEqualTo(content.bytes());
        }
    }
}
