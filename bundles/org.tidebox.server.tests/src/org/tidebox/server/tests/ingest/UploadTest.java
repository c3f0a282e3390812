package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** What an upload may bring and what not. */
@Tag("C3")
class UploadTest {
    @TempDir
    static Path folder;
    private static TestServer server;
    private Session session;
    private String account;
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

    @Test
    void storedChunksComeBack() throws Exception {
        List<Sent> chunks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            chunks.add(TestServer.chunk(server.bytes(100_000)));
        }

        assertThat(server.upload(session, library, chunks, null).stored()).isEqualTo(200);

        List<ChunkId> ids = chunks.stream().map(Sent::id).toList();
        assertThat(missing(ids)).isEmpty();
        List<ChunkId> fetched = new ArrayList<>();
        server.server.transfers().fetch(session, library, new ChunkIds(ids), (chunk, level) -> {
            assertThat(ChunkCodec.idOf(chunk.data())).isEqualTo(chunk.id());
            fetched.add(chunk.id());
        });
        assertThat(fetched).isEqualTo(ids);
    }

    @Test
    void knownChunksAreNotStoredAgain() throws Exception {
        Sent chunk = TestServer.chunk(server.bytes(5000));
        server.upload(session, library, chunk);
        long used = used();

        assertThat(server.upload(session, library, chunk, chunk).stored()).isZero();
        assertThat(used()).isEqualTo(used).isBetween(5000L, 5200L);
    }

    @Test
    void chunksAndCommitTravelTogether() throws Exception {
        Sent one = TestServer.chunk(server.bytes(10));
        Sent list = TestServer.list(1, one.entry(), one.entry());
        Node file = server.file(NodeId.ROOT, "f", TestServer.recipe(1, new RecipeEntry(list.id(), 20)));

        Uploaded uploaded = server.upload(session, library, List.of(one, list),
                new Commit(CommitId.random(server.random), List.of(new Change(0, file))));

        assertThat(uploaded.stored()).isEqualTo(2);
        assertThat(uploaded.commit().outcomes()).allMatch(outcome -> outcome.isAccepted());
    }

    @Test
    void contentCanLaterTurnOutToBeAListAsWell() throws Exception {
        Sent piece = TestServer.chunk(server.bytes(10));
        Sent list = TestServer.list(1, piece.entry());
        server.upload(session, library, piece, TestServer.list(0, piece.entry()));

        server.upload(session, library, list);

        Node file = server.file(NodeId.ROOT, "f", TestServer.recipe(1, new RecipeEntry(list.id(), 10)));
        assertThat(server.commit(session, library, new Change(0, file)).outcomes().getFirst().isAccepted()).isTrue();
    }

    @Test
    void chunkThatIsNotItsIdIsRefusedAndNothingOfTheBatchIsStored() throws Exception {
        Sent good = TestServer.chunk(server.bytes(100));
        Sent other = TestServer.chunk(server.bytes(100));
        Sent lying = new Sent(new EncodedChunk(other.id(), good.chunk().encoding(), 100, good.chunk().data()), 0);

        assertRefused(ProblemType.BAD_CHUNK, () -> server.upload(session, library, good, lying));
        assertThat(missing(List.of(good.id(), other.id()))).hasSize(2);
    }

    @Test
    void lyingLengthsAreRefused() {
        byte[] zeros = new byte[50_000];
        Sent packed = TestServer.chunk(zeros);
        Sent tooShort = new Sent(new EncodedChunk(packed.id(), packed.chunk().encoding(), 49_999, packed.chunk()
                .data()), 0);
        Sent bomb = new Sent(new EncodedChunk(packed.id(), packed.chunk().encoding(), 1 << 20, packed.chunk().data()),
                0);

        assertRefused(ProblemType.BAD_CHUNK, () -> server.upload(session, library, tooShort));
        assertRefused(ProblemType.BAD_CHUNK, () -> server.upload(session, library, bomb));
    }

    @Test
    void listMustNameStoredChunksWithTheirLengths() throws Exception {
        Sent piece = TestServer.chunk(server.bytes(1000));
        Sent unknown = TestServer.chunk(server.bytes(1000));
        Sent list = TestServer.list(1, piece.entry());
        server.upload(session, library, piece, list);

        assertRefused(ProblemType.BAD_CHUNK,
                () -> server.upload(session, library, TestServer.list(1, unknown.entry())));
        assertRefused(ProblemType.BAD_CHUNK,
                () -> server.upload(session, library, TestServer.list(1, unknown.entry()), unknown));
        assertRefused(ProblemType.BAD_CHUNK,
                () -> server.upload(session, library, TestServer.list(1, new RecipeEntry(piece.id(), 1001))));
        assertRefused(ProblemType.BAD_CHUNK,
                () -> server.upload(session, library, TestServer.list(2, piece.entry())));
        assertRefused(ProblemType.BAD_CHUNK,
                () -> server.upload(session, library, TestServer.list(2, new RecipeEntry(list.id(), 999))));
        assertRefused(ProblemType.BAD_CHUNK,
                () -> server.upload(session, library, TestServer.chunk(server.bytes(41), 1)));
        assertThat(server.upload(session, library, TestServer.list(2, new RecipeEntry(list.id(), 1000))).stored())
                .isEqualTo(1);
    }

    @Test
    void cutOffUploadStoresNothingOfItsLastBatch() throws Exception {
        Sent chunk = TestServer.chunk(server.bytes(1000));
        byte[] frames = TestServer.frames(List.of(chunk, TestServer.chunk(server.bytes(1000))), null);

        for (int length : new int[]{0, 3, 5, 40, 1100, frames.length - 5, frames.length - 1}) {
            assertRefused(ProblemType.BAD_REQUEST, () -> server.server.transfers().upload(session, library,
                    new ByteArrayInputStream(Arrays.copyOf(frames, length))));
        }
        assertThat(missing(List.of(chunk.id()))).hasSize(1);
    }

    @Test
    void quotaIsKept() throws Exception {
        server.admin.setQuota(account, 20_000);
        server.upload(session, library, TestServer.chunk(server.bytes(15_000)));
        Sent tooMuch = TestServer.chunk(server.bytes(6_000));

        assertRefused(ProblemType.QUOTA_EXCEEDED, () -> server.upload(session, library, tooMuch));
        assertThat(missing(List.of(tooMuch.id()))).hasSize(1);
        server.admin.setQuota(account, 0);
        assertThat(server.upload(session, library, tooMuch).stored()).isEqualTo(1);
    }

    @Test
    void badNamesAndLinksAreRefusedAsAWhole() {
        String longName = "n".repeat(300);
        for (String name : List.of("..", ".", "", "a/b", "/etc", "nul\0", longName, "e\u0301")) {
            assertRefused(ProblemType.BAD_NAME,
                    () -> server.commit(session, library, new Change(0, server.folder(NodeId.ROOT, name))));
        }
        for (String target : List.of("", "a\0b", "x".repeat(5000))) {
            Node link = Node.link(server.newId(), NodeId.ROOT, "link", TestServer.ATTRIBUTES, target);
            assertRefused(ProblemType.BAD_REQUEST, () -> server.commit(session, library, new Change(0, link)));
        }
        Node root = Node.folder(NodeId.ROOT, server.newId(), "root", TestServer.ATTRIBUTES);
        assertRefused(ProblemType.BAD_REQUEST, () -> server.commit(session, library, new Change(0, root)));
    }

    @Test
    void requestsKeepToTheirLimits() {
        Change[] changes = new Change[Limits.MAX_CHANGES + 1];
        Arrays.setAll(changes, i -> new Change(0, server.folder(NodeId.ROOT, "n" + i)));
        assertRefused(ProblemType.TOO_LARGE, () -> server.commit(session, library, changes));

        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i <= Limits.MAX_IDS; i++) {
            ids.add(new ChunkId(ByteBuffer.allocate(ChunkId.LENGTH).putInt(i).array()));
        }
        assertRefused(ProblemType.TOO_LARGE, () -> missing(ids));
    }

    @Test
    void manyUploadsAtOnceShareTheRoomAndAllArrive() throws Exception {
        List<CompletableFuture<Integer>> uploads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<Sent> chunks = new ArrayList<>();
            for (int chunk = 0; chunk < 30; chunk++) {
                chunks.add(TestServer.chunk(server.bytes(200_000)));
            }
            uploads.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return server.upload(session, library, chunks, null).stored();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }, task -> Thread.ofVirtual().start(task)));
        }
        for (CompletableFuture<Integer> upload : uploads) {
            assertThat(upload.get()).isEqualTo(30);
        }
    }

    @Test
    void failedUploadsGiveTheirRoomBack() throws Exception {
        byte[] raw = server.bytes(1 << 20);
        Sent good = TestServer.chunk(raw);
        raw[0]++;
        Sent bad = new Sent(new EncodedChunk(good.id(), EncodedChunk.Encoding.RAW, raw.length, ByteBuffer.wrap(raw)),
                0);
        for (int i = 0; i < 100; i++) {
            assertRefused(ProblemType.BAD_CHUNK, () -> server.upload(session, library, good, bad));
        }
        assertThat(server.upload(session, library, good).stored()).isEqualTo(1);
    }

    @Test
    void twoDevicesCommitAtOnceWithoutGapsOrLosses() throws Exception {
        List<CompletableFuture<Void>> devices = new ArrayList<>();
        for (int device = 0; device < 2; device++) {
            Session own = server.server.sessions().check(server.login(account), TestServer.ADDRESS);
            String name = "device" + device + "-";
            devices.add(CompletableFuture.runAsync(() -> commitMany(own, name)));
        }
        CompletableFuture.allOf(devices.toArray(CompletableFuture[]::new)).join();

        List<Node> nodes = server.server.libraries().changes(session, library, 0, null, 1000).nodes();
        assertThat(nodes).hasSize(100);
        assertThat(nodes).extracting(Node::sequence).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    private void commitMany(Session own, String name) {
        try {
            for (int i = 0; i < 50; i++) {
                Node node = Node.folder(NodeId.random(new Random()), NodeId.ROOT, name + i, TestServer.ATTRIBUTES);
                assertThat(server.commit(own, library, new Change(0, node)).outcomes().getFirst().isAccepted())
                        .isTrue();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<ChunkId> missing(List<ChunkId> ids) throws Exception {
        return server.server.transfers().missing(session, library, new ChunkIds(ids)).ids();
    }

    private long used() throws Exception {
        return server.admin.listAccounts().stream().filter(found -> found.name().equals(account)).findAny()
                .orElseThrow().used();
    }

    private static void assertRefused(ProblemType type, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.getType()).as(problem.getMessage()).isEqualTo(type));
    }
}
