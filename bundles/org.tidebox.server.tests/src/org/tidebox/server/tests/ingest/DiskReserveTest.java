package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.ScarceDisk;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.upkeep.GcReport;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StoreFullException;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** A disk that fills up stops uploads while there is room for the database, for deletions and for collecting garbage. */
@Tag("C1")
@Tag("P3")
class DiskReserveTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final int LENGTH = 100_000;
    @TempDir
    Path folder;
    private final ScarceDisk disk = new ScarceDisk();
    private TestServer server;
    private Session session;
    private LibraryId library;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(new ServerLocation(folder, "localhost", 0, false, Map.of()), disk.storage());
        session = server.session("ada");
        library = server.library(session, "docs");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void uploadsEndWhileThereIsRoomForAllElse() throws Exception {
        Node folder = commitFolder();
        Sent chunk = TestServer.chunk(server.bytes(LENGTH));
        long used = server.admin.listAccounts().getFirst().used();
        disk.room = 64 * MEBIBYTE + LENGTH - 1;
        assertThatThrownBy(() -> server.upload(session, library, chunk)).isInstanceOf(StoreFullException.class)
                .hasMessageContaining("64 MiB").hasMessageContaining("packs");
        assertThat(server.admin.listAccounts().getFirst().used()).isEqualTo(used);
        assertThat(delete(folder).outcomes().getFirst().sequence()).isEqualTo(2);
        disk.room = 64 * MEBIBYTE + 2 * LENGTH;
        assertThat(server.upload(session, library, chunk).stored()).isEqualTo(1);
    }

    @Test
    void commitsEndWhileTheDatabaseHasRoom() throws Exception {
        Node folder = commitFolder();
        disk.room = 32 * MEBIBYTE - 1;
        assertThatThrownBy(() -> delete(folder)).isInstanceOf(StoreFullException.class)
                .hasMessageContaining("32 MiB").hasMessageContaining("metadata");
        disk.room = 32 * MEBIBYTE;
        assertThat(delete(folder).outcomes().getFirst().sequence()).isEqualTo(2);
    }

    @Test
    void whatOthersAreAboutToWriteCountsAsWritten() throws Exception {
        Sent other = TestServer.chunk(server.bytes(LENGTH));
        List<Throwable> refused = new ArrayList<>();
        disk.room = 64 * MEBIBYTE + 3 * LENGTH / 2;
        disk.beforeAppend = () -> {
            disk.beforeAppend = () -> {
            };
            try {
                server.upload(session, library, other);
            } catch (Exception e) {
                refused.add(e);
            }
        };
        server.upload(session, library, TestServer.chunk(server.bytes(LENGTH)));
        assertThat(refused).singleElement().isInstanceOf(StoreFullException.class);
        server.upload(session, library, other);
    }

    @Test
    @Tag("C5")
    void packsAreCopiedOnlyWhereThereIsRoomForTheCopies() throws Exception {
        Sent garbage = TestServer.chunk(server.bytes(2 * LENGTH));
        Sent kept = TestServer.chunk(server.bytes(LENGTH));
        server.upload(session, library, garbage, kept);
        server.commit(session, library,
                new Change(0, server.file(NodeId.ROOT, "kept", TestServer.recipe(0, kept.entry()))));
        Upkeep upkeep = new Upkeep(server.data, server.clock);
        disk.room = 32 * MEBIBYTE;
        GcReport full = upkeep.gc(Duration.ZERO);
        assertThat(full.chunks()).isEqualTo(1);
        assertThat(full.packsWritten()).isZero();
        assertThat(full.problems()).singleElement().asString().contains("disk is full");
        disk.room = 33 * MEBIBYTE;
        GcReport after = upkeep.gc(Duration.ZERO);
        assertThat(after.packsWritten()).isEqualTo(1);
        assertThat(after.problems()).isEmpty();
        assertThat(upkeep.check(false).findings()).isEmpty();
    }

    private Node commitFolder() throws Exception {
        Node made = server.folder(NodeId.ROOT, "folder");
        server.commit(session, library, new Change(0, made));
        return made.withSequence(1);
    }

    private CommitResult delete(Node folder) throws Exception {
        return server.commit(session, library, new Change(folder.sequence(), folder.withDeleted(true)));
    }
}
