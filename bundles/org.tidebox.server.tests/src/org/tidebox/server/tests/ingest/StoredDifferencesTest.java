package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Contents;
import org.tidebox.server.tests.Sql;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.Change;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** What came as a patch is stored as a difference: it is served, looked after and healed like any other chunk. */
@Tag("P3")
@Tag("C5")
class StoredDifferencesTest {
    private static final int LENGTH = 20_000;
    private static final int STEPS = Integer.getInteger("tidebox.gc.steps", 60);

    @TempDir
    Path folder;
    private TestServer server;
    private Session session;
    private LibraryId library;
    private Upkeep upkeep;
    private Node file;
    private int starts;

    @BeforeEach
    void start() throws Exception {
        open();
        session = server.session("ada");
        library = server.library(session, "docs");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anEditTakesLittleRoomAndOutlivesWhatItWasMadeOf() throws Exception {
        byte[] base = server.bytes(LENGTH);
        byte[] edited = edited(server.random, base);
        put(base, null);
        long before = used();
        put(edited, base);
        assertThat(used() - before).isLessThan(LENGTH / 10);
        assertServed(base, edited);
        upkeep.setRetention(library, new Retention(0, 0, 0, 0, 0, 0, 0));
        server.clock.advance(Duration.ofDays(1));
        assertThat(upkeep.gc(Duration.ZERO).chunks()).isEqualTo(1);
        assertServed(edited);
        assertThat(upkeep.scrub().findings()).isEmpty();
        Sql.run(folder, "DELETE FROM chunks");
        assertThat(upkeep.check(true).findings()).isEmpty();
        assertServed(edited);
    }

    /** With five kept, the version that the others are told by goes, and the first of them takes its place. */
    @ParameterizedTest
    @ValueSource(ints = {5, 100})
    void packsThatAreCopiedKeepTheirDifferences(int kept) throws Exception {
        upkeep.setRetention(library, new Retention(kept, 0, 0, 0, 0, 0, 0));
        List<byte[]> versions = new ArrayList<>(List.of(server.bytes(LENGTH)));
        put(versions.getFirst(), null);
        for (int i = 0; i < 5; i++) {
            versions.add(edited(server.random, versions.getLast()));
            put(versions.getLast(), versions.get(i));
        }
        server.upload(session, library, TestServer.chunk(server.bytes(10 * LENGTH)));
        server.clock.advance(Duration.ofDays(1));
        assertThat(upkeep.gc(Duration.ZERO).packsWritten()).isEqualTo(1);
        assertThat(used()).isBetween((long) LENGTH, LENGTH * 3L / 2);
        assertServed(versions.subList(kept == 5 ? 1 : 0, 6).toArray(byte[][]::new));
        assertThat(upkeep.scrub().findings()).isEmpty();
        assertThat(upkeep.check(true).findings()).isEmpty();
    }

    @Test
    void aDamagedBaseMakesItDamagedAndItIsHealed() throws Exception {
        byte[] base = server.bytes(LENGTH);
        byte[] edited = edited(server.random, base);
        put(base, null);
        put(edited, base);
        Path pack = pack();
        byte[] bytes = Files.readAllBytes(pack);
        bytes[LENGTH / 2] ^= 1;
        Files.write(pack, bytes);
        assertThat(upkeep.scrub().damaged()).isEqualTo(2);
        assertThatThrownBy(() -> fetch(edited)).isInstanceOf(Exception.class);
        server.upload(session, library, TestServer.chunk(edited), TestServer.chunk(base));
        assertServed(base, edited);
        assertThat(upkeep.scrub().findings()).isEmpty();
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsDoneWithThemAllVersionsThatAreKeptAreServed(long number) throws Exception {
        Random random = new Random(Long.getLong("tidebox.seed", number));
        upkeep.setRetention(library, new Retention(3, 0, 0, 0, 0, 0, 0));
        List<byte[]> versions = new ArrayList<>(List.of(server.bytes(LENGTH)));
        put(versions.getFirst(), null);
        for (int step = 0; step < STEPS; step++) {
            byte[] last = versions.getLast();
            switch (random.nextInt(8)) {
                case 0 -> upkeep.gc(random.nextBoolean() ? Duration.ZERO : Upkeep.LEASE);
                case 1 -> server.seal(session);
                case 2 -> assertThat(upkeep.check(true).findings()).isEmpty();
                case 3 -> {
                    server.close();
                    open();
                }
                case 4 -> server.clock.advance(Upkeep.LEASE);
                default -> {
                    byte[] next = edited(random, last);
                    put(next, last);
                    versions.add(next);
                }
            }
            assertServed(versions.getLast());
        }
        int kept = Math.min(3, versions.size());
        assertServed(versions.subList(versions.size() - kept, versions.size()).toArray(byte[][]::new));
        assertThat(upkeep.scrub().findings()).isEmpty();
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    /** Stores a version of the file, as a patch of another one if there is one. */
    private void put(byte[] raw, byte[] base) throws Exception {
        Sent chunk = base == null ? TestServer.chunk(raw) : TestServer.patch(raw, base);
        server.upload(session, library, chunk);
        Recipe recipe = TestServer.recipe(0, chunk.entry());
        Node next = file == null
                ? server.file(NodeId.ROOT, "file", recipe)
                : new Node(file.id(), 0, file.parent(), file.name(), file.kind(), file.attributes(), recipe, null,
                        false);
        long sequence = server.commit(session, library, new Change(file == null ? 0 : file.sequence(), next)).outcomes()
                .getFirst().sequence();
        file = next.withSequence(sequence);
    }

    private void assertServed(byte[]... contents) throws Exception {
        for (byte[] content : contents) {
            assertThat(fetch(content)).isEqualTo(content);
        }
    }

    private byte[] fetch(byte[] content) throws Exception {
        return Contents.fetch(server.server, session, library,
                TestServer.recipe(0, TestServer.chunk(content).entry()));
    }

    private long used() throws Exception {
        return server.admin.listAccounts().getFirst().used();
    }

    private Path pack() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("packs"))) {
            return files.filter(path -> path.toString().endsWith(".pack")).findFirst().orElseThrow();
        }
    }

    private static byte[] edited(Random random, byte[] base) {
        byte[] edited = base.clone();
        byte[] some = new byte[1 + random.nextInt(100)];
        random.nextBytes(some);
        System.arraycopy(some, 0, edited, random.nextInt(base.length - some.length), some.length);
        return edited;
    }

    private void open() throws Exception {
        server = new TestServer(folder);
        // A server that starts again must not give the same ids again.
        server.random.setSeed(++starts);
        upkeep = new Upkeep(server.data, server.clock);
    }
}
