package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.Stores;
import org.tidebox.server.events.EventHub;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Contents;
import org.tidebox.server.tests.Contents.Content;
import org.tidebox.server.tests.Sql;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.upkeep.Finding;
import org.tidebox.server.upkeep.ScrubReport;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;

/** Bytes on the server's disk that are not what was stored: reported with the paths that they belong to, never served. */
@Tag("P3")
class DamageTest {
    private static final int TRAILER = 16;
    private static final int ENTRY = 44;

    @TempDir
    Path folder;
    private TestServer server;
    private Session session;
    private LibraryId library;
    private Upkeep upkeep;
    private Content content;
    private Content other;
    private Path pack;
    private int starts;

    @BeforeEach
    void storeTwoFiles() throws Exception {
        open();
        session = server.session("ada");
        library = server.library(session, "docs");
        Node sub = server.folder(NodeId.ROOT, "sub");
        server.commit(session, library, new Change(0, sub));
        content = content(2, 5);
        other = content(0, 2);
        put(sub.id(), "thesis", content);
        put(NodeId.ROOT, "other", other);
        try (Stream<Path> files = Files.walk(folder.resolve("packs"))) {
            pack = files.filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void flippedBitIsReportedWithItsPathsAndNeverServed() throws Exception {
        byte[] whole = Files.readAllBytes(pack);
        int refused = 0;
        for (int at = 16; at < whole.length; at += 13) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << server.random.nextInt(8));
            Files.write(pack, damaged);
            boolean thesis = isServed(content);
            boolean second = isServed(other);
            assertThat(thesis && second).as("flipped at %d of %d", at, whole.length).isFalse();
            refused++;
            if (refused % 10 == 0) {
                ScrubReport scrubbed = upkeep.scrub();
                assertThat(scrubbed.damaged()).as("flipped at %d", at).isEqualTo(1);
                assertThat(scrubbed.findings()).extracting(Finding::path).filteredOn(path -> path != null)
                        .containsExactly(thesis ? "other" : "sub/thesis");
            }
            // As if the operator had put a backup of the pack back: what was noted is taken back.
            Files.write(pack, whole);
            assertThat(upkeep.scrub().findings()).as("flipped at %d", at).isEmpty();
        }
        Files.write(pack, whole);
        assertThat(refused).isGreaterThan(100);
        assertThat(upkeep.scrub().findings()).isEmpty();
    }

    @Test
    void damageMetWhileServingCountsAsMissingUntilTheContentComesAgain() throws Exception {
        EventHub.Subscription events = server.server.events().subscribe(session, false);
        byte[] damaged = Files.readAllBytes(pack);
        int at = damaged.length - 1;
        damaged[at] ^= 4;
        Files.write(pack, damaged);
        assertThat(isServed(content)).isTrue();
        assertThat(isServed(other)).isFalse();
        assertThat(events.take(Duration.ofSeconds(20))).singleElement().matches(news -> news.event().wanted());
        assertThat(server.admin.stats().wanted()).isEqualTo(1);
        List<ChunkId> missing = server.server.transfers().missing(session, library, other.ids()).ids();
        assertThat(missing).hasSize(1);
        assertThat(server.server.damage().wanted(session.account()).get(library)).hasSize(1);
        assertThat(isServed(other)).as("once more").isFalse();
        long used = server.admin.listAccounts().getFirst().used();
        assertThat(server.upload(session, library, other.among(missing).toArray(TestServer.Sent[]::new)).stored())
                .isEqualTo(1);
        assertThat(isServed(other)).isTrue();
        assertThat(server.server.damage().wanted(session.account())).isEmpty();
        assertThat(server.admin.listAccounts().getFirst().used()).isEqualTo(used);
        assertThat(upkeep.scrub().findings()).isEmpty();
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    @Test
    void commitThatNamesDamageIsAskedForTheChunk() throws Exception {
        byte[] damaged = Files.readAllBytes(pack);
        damaged[damaged.length - 1] ^= 4;
        Files.write(pack, damaged);
        upkeep.scrub();
        Node copy = server.file(NodeId.ROOT, "copy", other.recipe());
        assertThat(server.commit(session, library, new Change(0, copy)).outcomes()).singleElement()
                .matches(outcome -> outcome.conflict().reason() == Conflict.Reason.MISSING_CHUNKS);
    }

    @Test
    void damageThatNothingNeedsAnyMoreIsFreed() throws Exception {
        byte[] damaged = Files.readAllBytes(pack);
        damaged[damaged.length - 1] ^= 4;
        Files.write(pack, damaged);
        assertThat(upkeep.scrub().damaged()).isEqualTo(1);
        upkeep.setRetention(library, new Retention(0, 0, 0, 0, 0, 0, 0));
        Node now = server.server.libraries().changes(session, library, 0, null, 9).nodes().getLast();
        server.commit(session, library, new Change(now.sequence(), now.withDeleted(true)));
        server.clock.advance(Duration.ofDays(1));
        assertThat(upkeep.gc(Duration.ZERO).problems()).isEmpty();
        assertThat(upkeep.scrub().findings()).isEmpty();
    }

    @Test
    void truncatedPackIsReportedAndNeverServesOtherBytes() throws Exception {
        byte[] whole = Files.readAllBytes(pack);
        for (int length = 16; length < whole.length; length += 211) {
            server.close();
            Files.write(pack, Arrays.copyOf(whole, length));
            open();
            session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
            assertThat(isServed(content) && isServed(other)).isFalse();
            assertThat(upkeep.check(false).findings()).as("cut to %d", length).extracting(Finding::path)
                    .contains("other");
            // New frames take up the room of the lost ones; who asks for those must not get the new ones.
            put(NodeId.ROOT, "new" + length, content(0, 6));
            assertThat(isServed(other)).isFalse();
            assertThat(upkeep.scrub().damaged()).as("cut to %d", length).isPositive();
        }
    }

    @Test
    void listThatLiesChangesNothing() throws Exception {
        try (Lease<Stores> stores = server.data.acquire()) {
            stores.get().packs().seal(Stores.spaceOf(session.account().id()));
        }
        byte[] sealed = Files.readAllBytes(pack);
        ByteBuffer lying = ByteBuffer.wrap(sealed);
        int list = (int) lying.getLong(sealed.length - TRAILER);
        int count = lying.getInt(list + 4);
        for (int i = 0; i < count; i++) {
            int offset = list + 8 + i * ENTRY + 32;
            lying.putLong(offset, lying.getLong(offset) + 1);
        }
        CRC32C crc = new CRC32C();
        crc.update(sealed, list, 8 + count * ENTRY);
        lying.putInt(list + 8 + count * ENTRY, (int) crc.getValue());
        Files.write(pack, sealed);
        server.close();
        open();
        session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        assertThat(isServed(content) && isServed(other)).isTrue();
        assertThat(upkeep.scrub().findings()).isEmpty();
        Sql.run(folder, "DELETE FROM chunks");
        assertThat(upkeep.check(true).findings()).as("the index is made from frames alone").isEmpty();
        assertThat(isServed(content) && isServed(other)).isTrue();
    }

    @Test
    void rebuildForgetsWhatIsLostSoThatADeviceSendsItAgain() throws Exception {
        byte[] whole = Files.readAllBytes(pack);
        whole[whole.length - 5] ^= 4;
        Files.write(pack, whole);
        assertThat(upkeep.check(true).findings()).extracting(Finding::path).contains("other");
        assertThat(server.server.transfers().missing(session, library, other.ids()).ids()).hasSize(1);
        assertThat(upkeep.gc(Duration.ZERO).chunks()).isZero();
        server.upload(session, library, other.chunks().toArray(TestServer.Sent[]::new));
        assertThat(isServed(other)).isTrue();
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    /** Returns whether a content is served; if so, it must be the right one. */
    private boolean isServed(Content wanted) throws Exception {
        try {
            assertThat(Contents.fetch(server.server, session, library, wanted.recipe())).isEqualTo(wanted.bytes());
            return true;
        } catch (StorageException | ProblemException e) {
            return false;
        }
    }

    private Content content(int depth, int pieces) {
        List<byte[]> bytes = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            bytes.add(server.bytes(200));
        }
        return Contents.of(depth, bytes);
    }

    private void put(NodeId parent, String name, Content stored) throws Exception {
        Node file = server.file(parent, name, stored.recipe());
        server.upload(session, library, stored.chunks(),
                new Commit(CommitId.random(server.random), List.of(new Change(0, file))));
    }

    private void open() throws Exception {
        server = new TestServer(folder);
        // A server that starts again must not give the same ids again.
        server.random.setSeed(++starts);
        upkeep = new Upkeep(server.data, server.clock);
    }
}
