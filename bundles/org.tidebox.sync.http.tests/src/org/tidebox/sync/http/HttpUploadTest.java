package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.Remote.ChunkStream;
import org.tidebox.remote.Remote.Whole;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.remote.WireCounters;
import org.tidebox.sync.http.FakeServer.Exchange;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Mark;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Uploads over HTTP and TLS 1.3 with a real Jetty. */
@Tag("C6")
class HttpUploadTest extends OnFakeServer {
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
    void whatIsLongTravelsOverHttp1AndWhatIsShortOverHttp2() throws Exception {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            readFrames(exchange);
            exchange.send(new Uploaded(1, null));
        });
        connection.upload(LIBRARY, chunks(3, 100), null);
        connection.upload(LIBRARY, chunks(10, 100_000), null);
        assertThat(fake.requests()).hasSize(2);
        assertThat(fake.requests().get(0)).startsWith("HTTP/2.0 ");
        assertThat(fake.requests().get(1)).startsWith("HTTP/1.1 ");
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
    @Tag("C1")
    void theMarkOfACommitIsSentAndTheRefusalTold() {
        Mark seen = new Mark(3, new byte[Mark.DIGEST_LENGTH]);
        List<Mark> sent = new ArrayList<>();
        fake.on(Routes.upload(LIBRARY), exchange -> {
            sent.add(((CommitFrame) readFrames(exchange).getLast()).commit().seen());
            exchange.send(ProblemType.SET_BACK.because("no such history"));
        });
        Commit commit = new Commit(CommitId.random(RANDOM), List.of(), seen);
        RemoteException failure = catchThrowableOfType(RemoteException.class,
                () -> connection.upload(LIBRARY, chunks(0, 0), commit));
        assertThat(failure).hasMessage("no such history");
        assertThat(failure.getReason()).isEqualTo(Reason.SET_BACK);
        assertThat(sent).containsExactly(seen);
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
        fake.hastilyOn(Routes.upload(LIBRARY), exchange -> {
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

    private static List<Frame> readFrames(Exchange exchange) throws IOException, WireException {
        FrameReader reader = new FrameReader(exchange.body());
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = reader.next(); !(frame instanceof EndFrame); frame = reader.next()) {
            frames.add(frame);
        }
        return frames;
    }

    private static ChunkStream same(int count, int length) {
        Whole chunk = new Whole(chunk(length), 0);
        AtomicInteger left = new AtomicInteger(count);
        return () -> left.getAndDecrement() > 0 ? chunk : null;
    }
}
