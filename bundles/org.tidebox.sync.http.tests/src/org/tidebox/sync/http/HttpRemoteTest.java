package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.sync.Remote.ChunkStream;
import org.tidebox.sync.Remote.Whole;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.RemoteException.Reason;
import org.tidebox.sync.ServerConnection;
import org.tidebox.sync.WireCounters;
import org.tidebox.sync.http.FakeServer.Exchange;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Over HTTP/2 and TLS 1.3 with a real Jetty. */
@Tag("C6")
@Timeout(60)
class HttpRemoteTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.create();
    private static final Patience SHORT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(2));
    private static final Random RANDOM = new Random(5);
    private static final LibraryId LIBRARY = LibraryId.random(RANDOM);
    private final FakeServer fake = new FakeServer();
    private JettyServer server;
    private ServerConnection connection;

    @BeforeEach
    void start() throws Exception {
        server = new JettyServer(CERTIFICATE, fake);
        connection = new HttpConnector(SHORT).connect(server.address(), "the-token");
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    @Tag("C1")
    void markThatWasSeenIsSentAndWhatTheServerLacksIsTold() {
        Mark seen = new Mark(3, new byte[Mark.DIGEST_LENGTH]);
        fake.on(Routes.changes(LIBRARY), exchange -> exchange.send(ProblemType.SET_BACK.because("no such history")));
        assertThatThrownBy(() -> connection.changes(LIBRARY, 3, seen)).isInstanceOfSatisfying(RemoteException.class,
                e -> {
                    assertThat(e.getReason()).isEqualTo(Reason.SET_BACK);
                    assertThat(e).hasMessage("no such history");
                });
        assertThat(fake.requests()).singleElement().asString().contains("?since=3&limit=5000&seen=" + seen.toHex());
    }

    @Test
    void requestsGoOverHttp2WithTheToken() throws Exception {
        Library library = new Library(LIBRARY, "a", LibraryKind.SYNC, 3);
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(new Libraries(List.of(library))));
        fake.on(Routes.changes(LIBRARY), exchange -> exchange.send(new ChangePage(List.of(), 4, 4)));
        assertThat(connection.libraries()).containsExactly(library);
        assertThat(connection.changes(LIBRARY, 3, null)).isEqualTo(new ChangePage(List.of(), 4, 4));
        assertThat(fake.requests()).containsExactly("HTTP/2.0 GET /api/v1/libraries Bearer the-token",
                "HTTP/2.0 GET " + Routes.changes(LIBRARY) + "?since=3&limit=5000 Bearer the-token");
        assertThat(connection.counters().requests()).isEqualTo(2);
    }

    @Test
    void aLoginGivesAToken() throws Exception {
        fake.on(Routes.LOGIN, exchange -> exchange.send(new Welcome("anna", "laptop", "t0ken")));
        HttpConnector connector = new HttpConnector(SHORT);
        assertThat(connector.login(server.address(), "anna", "pass".toCharArray(), "laptop").token())
                .isEqualTo("t0ken");
        fake.on(Routes.LOGIN, exchange -> exchange.send(ProblemType.WRONG_CREDENTIALS.because("try again")));
        assertThatThrownBy(() -> connector.login(server.address(), "anna", "x".toCharArray(), "laptop"))
                .isInstanceOf(RemoteException.class).hasMessage("try again")
                .extracting(e -> ((RemoteException) e).getReason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void manyIdsAreAskedForInPortions() throws Exception {
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            ids.add(chunk(0).id());
        }
        List<Integer> portions = new ArrayList<>();
        fake.on(Routes.missing(LIBRARY), exchange -> {
            List<ChunkId> asked = exchange.read(ChunkIds.class).ids();
            portions.add(asked.size());
            exchange.send(new ChunkIds(asked.subList(0, 2)));
        });
        fake.on(Routes.fetch(LIBRARY), HttpRemoteTest::sendChunks);
        assertThat(connection.missing(LIBRARY, ids)).isEqualTo(Set.of(ids.get(0), ids.get(1), ids.get(10_000),
                ids.get(10_001), ids.get(20_000), ids.get(20_001)));
        assertThat(portions).containsExactly(10_000, 10_000, 5_000);
        List<ChunkId> received = new ArrayList<>();
        connection.fetch(LIBRARY, ids, chunk -> received.add(chunk.id()));
        assertThat(received).isEqualTo(ids);
        assertThat(connection.missing(LIBRARY, List.of())).isEmpty();
    }

    @Test
    void anUploadTakesBytesOnTheSocketAsItsChunksDo() throws Exception {
        AtomicLong bytes = new AtomicLong();
        CommitResult result = new CommitResult(9, List.of());
        fake.on(Routes.upload(LIBRARY), exchange -> {
            for (Frame frame : readFrames(exchange)) {
                bytes.addAndGet(frame instanceof ChunkFrame chunk ? chunk.chunk().data().remaining() : 0);
            }
            exchange.send(new Uploaded(1, result));
        });
        Commit commit = new Commit(CommitId.random(RANDOM), List.of());
        assertThat(connection.upload(LIBRARY, chunks(200, 100_000), commit)).isEqualTo(result);
        assertThat(bytes).hasValue(20_000_000);
        WireCounters counters = connection.counters();
        assertThat(counters.bytesSent()).isBetween(20_000_000L, 20_400_000L);
        assertThat(counters.bytesReceived()).isBetween(500L, 100_000L);
    }

    @Test
    void anUploadWithoutCommitAnswersNull() throws Exception {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            readFrames(exchange);
            exchange.send(new Uploaded(1, null));
        });
        assertThat(connection.upload(LIBRARY, chunks(1, 10), null)).isNull();
    }

    @Test
    void aServerThatReadsSlowlyHoldsTheReadingOfChunksBack() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger pulled = new AtomicInteger();
        fake.on(Routes.upload(LIBRARY), exchange -> {
            waitFor(go);
            readFrames(exchange);
            exchange.send(new Uploaded(1, null));
        });
        ChunkStream source = same(2000, 100_000);
        CompletableFuture<CommitResult> upload = CompletableFuture.supplyAsync(() -> {
            try {
                return connection.upload(LIBRARY, () -> {
                    pulled.incrementAndGet();
                    return source.next();
                }, null);
            } catch (RemoteException e) {
                throw new IllegalStateException(e);
            }
        });
        AtomicInteger before = new AtomicInteger(-1);
        await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(pulled.get()) == pulled.get());
        assertThat(pulled.get()).isLessThan(400);
        go.countDown();
        assertThat(upload.get()).isNull();
        assertThat(pulled).hasValue(2001);
    }

    @Test
    void aLongUploadGoesInSeveralRequestsAndTheLastHasTheCommit() throws Exception {
        List<String> seen = new ArrayList<>();
        fake.on(Routes.upload(LIBRARY), exchange -> {
            List<Frame> frames = readFrames(exchange);
            boolean commits = frames.getLast() instanceof CommitFrame;
            seen.add(frames.size() - (commits ? 1 : 0) + (commits ? " and commit" : ""));
            exchange.send(new Uploaded(1, commits ? new CommitResult(seen.size(), List.of()) : null));
        });
        Commit commit = new Commit(CommitId.random(RANDOM), List.of());
        assertThat(connection.upload(LIBRARY, same(100, 1 << 20), commit).head()).isEqualTo(2);
        assertThat(seen).containsExactly("64", "36 and commit");
    }

    @Test
    void aRefusalEndsAnUploadAndIsTold() throws Exception {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            new FrameReader(exchange.body()).next();
            exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.send(ProblemType.QUOTA_EXCEEDED.because("10 GB of 10 GB are used"));
        });
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(new Libraries(List.of())));
        RemoteException failure = catchThrowableOfType(RemoteException.class,
                () -> connection.upload(LIBRARY, same(Integer.MAX_VALUE, 1 << 20), null));
        assertThat(failure).hasMessage("10 GB of 10 GB are used");
        assertThat(failure.getReason()).isEqualTo(Reason.NO_ROOM);
        assertThat(connection.libraries()).isEmpty();
    }

    @Test
    void aServerThatAnswersBeforeItHasReadAllNeverHangsAnUpload() throws Exception {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            new FrameReader(exchange.body()).next();
            exchange.send(ProblemType.QUOTA_EXCEEDED.because("10 GB of 10 GB are used"));
        });
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(new Libraries(List.of())));
        for (int round = 0; round < 3; round++) {
            RemoteException failure = catchThrowableOfType(RemoteException.class,
                    () -> connection.upload(LIBRARY, same(Integer.MAX_VALUE, 100_000), null));
            // Jetty resets the stream; the platform's client may then lose the answer, or even miss the reset.
            assertThat(failure.getReason()).isIn(Reason.NO_ROOM, Reason.UNREACHABLE);
        }
        assertThat(connection.libraries()).isEmpty();
    }

    @Test
    void aFailingChunkStreamAbortsTheUploadAndComesThrough() throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        fake.on(Routes.upload(LIBRARY), exchange -> {
            begun.countDown();
            try {
                readFrames(exchange);
                seen.complete(null);
            } catch (IOException | WireException e) {
                seen.complete(e);
            }
        });
        RemoteException broken = new RemoteException(Reason.FAILED, "the file has changed", null);
        ChunkStream some = chunks(3, 100_000);
        assertThatThrownBy(() -> connection.upload(LIBRARY, () -> {
            Whole next = (Whole) some.next();
            if (next == null) {
                waitFor(begun);
                throw broken;
            }
            return next;
        }, null)).isSameAs(broken);
        assertThat(seen.get()).isNotNull();
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        CountDownLatch forever = new CountDownLatch(1);
        EncodedChunk first = chunk(10);
        fake.on(Routes.LIBRARIES, exchange -> waitFor(forever));
        fake.on(Routes.upload(LIBRARY), exchange -> waitFor(forever));
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            OutputStream out = exchange.start(Routes.FRAMES);
            FrameWriter frames = new FrameWriter(out);
            frames.writeChunk(first, 0);
            frames.flush();
            waitFor(forever);
        });
        assertUnreachable("does not answer any more: nothing moved for 2 s", connection::libraries);
        assertUnreachable("does not answer any more",
                () -> connection.upload(LIBRARY, chunks(Integer.MAX_VALUE, 100_000), null));
        assertUnreachable("does not answer any more", () -> connection.upload(LIBRARY, chunks(1, 1), null));
        assertUnreachable("does not answer any more",
                () -> connection.fetch(LIBRARY, List.of(first.id(), first.id()), chunk -> {
                }));
        forever.countDown();
    }

    @Test
    void aProblemInTheMiddleOfADownloadIsTold() {
        EncodedChunk chunk = chunk(5);
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
            frames.writeChunk(chunk, 0);
            frames.writeProblem(ProblemType.INTERNAL.because("a pack is damaged"));
        });
        Set<ChunkId> received = new HashSet<>();
        RemoteException failure = catchThrowableOfType(RemoteException.class, () -> connection.fetch(LIBRARY,
                List.of(chunk.id(), chunk(6).id()), got -> received.add(got.id())));
        assertThat(failure).hasMessage("a pack is damaged");
        assertThat(failure.getReason()).isEqualTo(Reason.FAILED);
        assertThat(received).containsExactly(chunk.id());
    }

    @Test
    void chunksThatNobodyAskedForAreRefused() {
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
            frames.writeChunk(chunk(5), 0);
            frames.writeEnd();
        });
        assertThatThrownBy(() -> connection.fetch(LIBRARY, List.of(chunk(1).id()), chunk -> {
        }))
                .isInstanceOf(RemoteException.class).hasMessageContaining("not the one asked for");
    }

    @ParameterizedTest
    @CsvSource({"BAD_REQUEST,REFUSED", "BAD_NAME,REFUSED", "BAD_CHUNK,FAILED", "NOT_LOGGED_IN,NOT_LOGGED_IN",
            "WRONG_CREDENTIALS,REFUSED", "BAD_JOIN_CODE,REFUSED", "TOKEN_EXPIRED,NOT_LOGGED_IN",
            "DISABLED,NOT_LOGGED_IN",
            "NOT_FOUND,REFUSED", "SET_BACK,SET_BACK", "BASE_GONE,FAILED", "TOO_LARGE,REFUSED",
            "TOO_MANY_ATTEMPTS,FAILED",
            "INTERNAL,FAILED",
            "UNAVAILABLE,FAILED",
            "QUOTA_EXCEEDED,NO_ROOM", "STORE_FULL,NO_ROOM"})
    void problemsBecomeReasons(ProblemType type, Reason reason) {
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(type.because("this happened")));
        RemoteException failure = catchThrowableOfType(RemoteException.class, connection::libraries);
        assertThat(failure).hasMessage("this happened");
        assertThat(failure.getReason()).isEqualTo(reason);
    }

    @Test
    void answersOfSomethingElseAreNotUnderstood() {
        assertThatThrownBy(connection::libraries).isInstanceOf(RemoteException.class)
                .hasMessageContaining("HTTP status 404").hasMessageContaining("is it a Tidebox server?");
        fake.on(Routes.LIBRARIES, exchange -> exchange.start("text/html").write("<html>".getBytes()));
        assertThatThrownBy(connection::libraries).isInstanceOf(RemoteException.class)
                .hasMessageContaining("text/html");
        fake.on(Routes.LIBRARIES, exchange -> exchange.start(Routes.JSON).write("{\"lib".getBytes()));
        assertThatThrownBy(connection::libraries).isInstanceOf(RemoteException.class)
                .hasMessageContaining("cannot understand: cannot read a Libraries");
    }

    private static void assertUnreachable(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RemoteException.class).hasMessageContaining(message)
                .extracting(e -> ((RemoteException) e).getReason()).isEqualTo(Reason.UNREACHABLE);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendChunks(Exchange exchange) throws IOException, WireException {
        ChunkIds wanted = exchange.read(ChunkIds.class);
        FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
        for (ChunkId id : wanted.ids()) {
            frames.writeChunk(new EncodedChunk(id, Encoding.RAW, 0, ByteBuffer.allocate(0)), 0);
        }
        frames.writeEnd();
    }

    private static List<Frame> readFrames(Exchange exchange) throws IOException, WireException {
        FrameReader reader = new FrameReader(exchange.body());
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = reader.next(); !(frame instanceof EndFrame); frame = reader.next()) {
            frames.add(frame);
        }
        return frames;
    }

    private static EncodedChunk chunk(int length) {
        byte[] id = new byte[ChunkId.LENGTH];
        byte[] data = new byte[length];
        synchronized (RANDOM) {
            RANDOM.nextBytes(id);
            RANDOM.nextBytes(data);
        }
        return new EncodedChunk(new ChunkId(id), Encoding.RAW, length, ByteBuffer.wrap(data));
    }

    private static ChunkStream same(int count, int length) {
        Whole chunk = new Whole(chunk(length), 0);
        AtomicInteger left = new AtomicInteger(count);
        return () -> left.getAndDecrement() > 0 ? chunk : null;
    }

    private static ChunkStream chunks(int count, int length) {
        AtomicInteger left = new AtomicInteger(count);
        return () -> left.getAndDecrement() > 0 ? new Whole(chunk(length), 0) : null;
    }
}
