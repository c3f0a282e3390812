package org.tidebox.server.tests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.Stores;
import org.tidebox.server.events.EventHub.Subscription;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.tests.TestStorage;
import org.tidebox.storage.journal.Journal;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Whoever is cut off in the midst of something gets no further. */
@Tag("A6")
class CutOffTest {
    private static final Cut NOTHING = () -> {
    };
    @TempDir
    Path folder;
    private volatile Cut beforeTransaction = NOTHING;
    private TestServer server;
    private Session thief;
    private LibraryId library;

    /** A way to cut a device off. */
    private interface Cut {
        void run() throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        server = new TestServer(new ServerLocation(folder, "localhost", 0, false, Map.of()),
                TestStorage.behind(this::seen));
        thief = server.session("ada");
        library = server.library(thief, "docs");
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Lets something happen before each transaction on a journal. */
    private <T> T seen(Class<T> api, T store) {
        return api
                .cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[]{api}, (proxy, method, arguments) -> {
                    if (method.getName().equals("transact")) {
                        beforeTransaction.run();
                    }
                    Object result = call(method, store, arguments);
                    return result instanceof Journal journal ? seen(Journal.class, journal) : result;
                }));
    }

    private static Object call(Method method, Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void removeDevice() throws Exception {
        server.admin.removeDevice("ada", "laptop");
    }

    @Test
    void uploadThatIsUnderWayStoresAndCommitsNothingMore() throws Exception {
        assertNothingMoreComes(() -> removeByNumber(thief));
        assertNothingMoreComes(() -> server.admin.disableAccount("ada", true, false));
        assertNothingMoreComes(() -> server.admin.setPassword("ada", TestServer.PASSWORD, true));
        assertNothingMoreComes(() -> server.server.logins().logout(thief));
    }

    private void assertNothingMoreComes(Cut cut) throws Exception {
        thief = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        Sent before = TestServer.chunk(server.bytes(900_000));
        Sent after = TestServer.chunk(server.bytes(3_000));
        byte[] frames = TestServer.frames(List.of(before, after), commit());

        refused(() -> server.server.transfers().upload(thief, library,
                new Cutting(frames, frames.length - 3_000, cut)));

        server.admin.disableAccount("ada", false, false);
        Session later = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        assertThat(server.server.libraries().find(later, library).head()).isZero();
        assertThat(server.server.transfers().missing(later, library, new ChunkIds(List.of(after.id()))).ids())
                .containsExactly(after.id());
    }

    @Test
    void commitThatWaitedForOthersCountsNoMore() throws Exception {
        Session other = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
        // What happens while the library is locked: the check before has passed.
        beforeTransaction = () -> removeByNumber(thief);
        refused(() -> server.server.transfers().upload(thief, library,
                new ByteArrayInputStream(TestServer.frames(List.of(), commit()))));
        beforeTransaction = NOTHING;
        assertThat(server.commit(other, library, change()).head()).isEqualTo(1);
    }

    @Test
    void downloadThatIsUnderWayEndsAtTheNextChunk() throws Exception {
        List<Sent> chunks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            chunks.add(TestServer.chunk(server.bytes(2_000)));
        }
        server.upload(thief, library, chunks, null);
        List<ChunkId> ids = chunks.stream().map(Sent::id).toList();
        List<ChunkId> got = new ArrayList<>();
        refused(() -> server.server.transfers().fetch(thief, library, new ChunkIds(ids), (chunk, level) -> {
            got.add(chunk.id());
            cutAfter(got.size() == 3);
        }));
        assertThat(got).hasSize(3);
    }

    @Test
    void patchesAndSignaturesEndAsWell() throws Exception {
        List<Sent> chunks = List.of(TestServer.chunk(server.bytes(2_000)), TestServer.chunk(server.bytes(2_000)),
                TestServer.chunk(server.bytes(2_000)));
        server.upload(thief, library, chunks, null);
        List<ChunkId> ids = chunks.stream().map(Sent::id).toList();
        List<ChunkWish> wishes = ids.stream().map(id -> new ChunkWish(id, List.of())).toList();
        removeDevice();
        refused(() -> server.server.transfers().fetchPatches(thief, library, new ChunkWishes(wishes), null));
        refused(() -> server.server.transfers().signatures(thief, library, new ChunkIds(ids), null));
    }

    @Test
    void streamOfNewsEndsAtOnce() throws Exception {
        try (Subscription stream = server.server.events().subscribe(thief, false)) {
            assertThat(server.admin.listDevices("ada").getFirst().connected()).isTrue();
            removeDevice();
            assertThat(stream.isEnded()).isTrue();
        }
    }

    @Test
    void removalByAnotherProcessShowsWithinSeconds() throws Exception {
        server.server.sessions().recheck(thief);
        try (Lease<Stores> stores = server.data.acquire()) {
            stores.get().metadata().devices().remove(thief.device().id(), server.clock.instant());
        }
        server.server.sessions().recheck(thief);
        server.clock.advance(Duration.ofSeconds(3));
        refused(() -> server.server.sessions().recheck(thief));
    }

    private void cutAfter(boolean now) throws IOException {
        if (now) {
            removeByNumber(thief);
        }
    }

    private void removeByNumber(Session session) throws IOException {
        try {
            server.admin.removeDevice("ada", Long.toString(session.device().id()));
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private Commit commit() {
        return new Commit(CommitId.random(server.random), List.of(change()));
    }

    private Change change() {
        return new Change(0, server.folder(NodeId.ROOT, "folder" + server.random.nextInt()));
    }

    private static void refused(ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.getType()).isIn(ProblemType.NOT_LOGGED_IN, ProblemType.DISABLED));
    }

    /** Cuts somebody off when so many bytes were read. */
    private static final class Cutting extends InputStream {
        private final ByteArrayInputStream bytes;
        private final Cut cut;
        private int left;

        Cutting(byte[] bytes, int before, Cut cut) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.left = before;
            this.cut = cut;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                return bytes.read(buffer, offset, length);
            }
            int count = bytes.read(buffer, offset, Math.min(length, left));
            left -= count;
            if (left <= 0) {
                cut();
            }
            return count;
        }

        private void cut() throws IOException {
            try {
                cut.run();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
