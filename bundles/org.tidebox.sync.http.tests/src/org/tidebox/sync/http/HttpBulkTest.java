package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.remote.WireCounters;
import org.tidebox.tree.ChunkId;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** What is long and so travels over HTTP/1.1, with a real Jetty. */
@Tag("C6")
class HttpBulkTest extends OnFakeServer {
    private final EncodedChunk piece = chunk(100_000);

    @Test
    void longExchangesFollowEachOtherOnOneConnection() throws Exception {
        Set<String> connections = new HashSet<>();
        fake.on(Routes.upload(LIBRARY), exchange -> {
            connections.add(exchange.request().getConnectionMetaData().getId());
            exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.send(new Uploaded(1, null));
        });
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            connections.add(exchange.request().getConnectionMetaData().getId());
            sendPieces(exchange.start(Routes.FRAMES), 20, true);
        });
        connection.upload(LIBRARY, chunks(10, 100_000), null);
        assertThat(fetch(20)).hasSize(20);
        connection.upload(LIBRARY, chunks(10, 100_000), null);
        assertThat(connections).hasSize(1);
        assertThat(fake.requests()).hasSize(3).allMatch(request -> request.startsWith("HTTP/1.1 POST"))
                .allMatch(request -> request.endsWith(" Bearer the-token"));
        WireCounters counters = connection.counters();
        assertThat(counters.requests()).isEqualTo(3);
        assertThat(counters.bytesSent()).isBetween(2_000_000L, 2_060_000L);
        assertThat(counters.bytesReceived()).isBetween(2_000_000L, 2_060_000L);
    }

    @Test
    @Tag("C7")
    void aTokenThatIsNotTakenAnyMoreIsToldInTheServersWords() {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.send(ProblemType.TOKEN_EXPIRED.because("log in again"));
        });
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(ProblemType.TOKEN_EXPIRED.because("log in again")));
        fake.on(Routes.fetch(LIBRARY), exchange -> exchange.send(ProblemType.TOKEN_EXPIRED.because("log in again")));
        List<ThrowingCallable> calls = List.of(() -> connection.upload(LIBRARY, chunks(10, 100_000), null),
                () -> fetch(20));
        for (ThrowingCallable call : calls) {
            RemoteException failure = catchThrowableOfType(RemoteException.class, call);
            assertThat(failure).hasMessage("log in again");
            assertThat(failure.getReason()).isEqualTo(Reason.NOT_LOGGED_IN);
        }
    }

    @Test
    void aRefusalThatIsNoQuestionOfTokensIsTold() {
        fake.on(Routes.fetch(LIBRARY), exchange -> exchange.send(ProblemType.NOT_FOUND.because("no such library")));
        assertThatThrownBy(() -> fetch(20)).isInstanceOf(RemoteException.class).hasMessage("no such library");
    }

    @Test
    void interruptedUploadsAndDownloadsEnd() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        fake.on(Routes.upload(LIBRARY), exchange -> {
            begun.countDown();
            waitFor(forever);
        });
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            begun.countDown();
            waitFor(forever);
        });
        try (ServerConnection patient = new HttpConnector(Requests.Patience.DEFAULT).connect(server.address(), "t")) {
            List<FutureTask<Void>> tasks = List.of(
                    task(() -> patient.upload(LIBRARY, chunks(Integer.MAX_VALUE, 100_000), null)),
                    task(() -> patient.fetch(LIBRARY, ids(20), chunk -> {
                    })));
            List<Thread> threads = tasks.stream().map(Thread::startVirtualThread).toList();
            begun.await();
            threads.forEach(Thread::interrupt);
            for (FutureTask<Void> task : tasks) {
                assertThatThrownBy(task::get).isInstanceOf(ExecutionException.class).cause()
                        .isInstanceOf(RemoteException.class).hasMessageContaining("was interrupted");
            }
        } finally {
            forever.countDown();
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        fake.on(Routes.upload(LIBRARY), exchange -> {
            begun.countDown();
            waitFor(forever);
        });
        ServerConnection patient = new HttpConnector(Requests.Patience.DEFAULT).connect(server.address(), "t");
        FutureTask<Void> task = task(() -> patient.upload(LIBRARY, chunks(Integer.MAX_VALUE, 100_000), null));
        Thread.startVirtualThread(task);
        begun.await();
        patient.close();
        assertThatThrownBy(task::get).isInstanceOf(ExecutionException.class).cause()
                .isInstanceOf(RemoteException.class);
        forever.countDown();
        assertThatThrownBy(() -> patient.upload(LIBRARY, chunks(10, 100_000), null)).as("after it was closed")
                .isInstanceOf(RemoteException.class);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void aLongDownloadThatIsCutIsNoticed() {
        fake.hastilyOn(Routes.fetch(LIBRARY), exchange -> {
            sendPieces(exchange.start(Routes.FRAMES), 3, false);
            exchange.request().getConnectionMetaData().getConnection().getEndPoint().close();
        });
        List<EncodedChunk> received = new ArrayList<>();
        RemoteException failure = catchThrowableOfType(RemoteException.class,
                () -> connection.fetch(LIBRARY, ids(20), received::add));
        assertThat(failure.getReason()).as(failure.getMessage()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("broke");
        assertThat(received).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void anIdleConnectionThatTheServerHasClosedIsNoFailure() throws Exception {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.send(new Uploaded(1, null));
        });
        fake.on(Routes.fetch(LIBRARY), exchange -> sendPieces(exchange.start(Routes.FRAMES), 20, true));
        for (int round = 0; round < 2; round++) {
            connection.upload(LIBRARY, chunks(10, 100_000), null);
            server.closeConnections();
            assertThat(fetch(20)).hasSize(20);
            server.closeConnections();
        }
    }

    @Test
    @Tag("C7")
    void anotherCertificateIsNotTrusted() {
        String pinned = TestCertificate.create().fingerprint();
        for (String expected : new String[]{pinned, null}) {
            ServerAddress address = new ServerAddress(server.address().uri(), expected);
            try (ServerConnection other = new HttpConnector(SHORT).connect(address, "the-token")) {
                RemoteException failure = catchThrowableOfType(RemoteException.class,
                        () -> other.upload(LIBRARY, chunks(10, 100_000), null));
                assertThat(failure.getReason()).isEqualTo(Reason.UNTRUSTED);
                assertThat(failure).hasMessageContaining(CERTIFICATE.fingerprint());
            }
        }
        assertThat(fake.requests()).isEmpty();
    }

    private List<EncodedChunk> fetch(int count) throws RemoteException {
        List<EncodedChunk> received = new ArrayList<>();
        connection.fetch(LIBRARY, ids(count), received::add);
        return received;
    }

    private List<ChunkId> ids(int count) {
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(piece.id());
        }
        return ids;
    }

    private void sendPieces(OutputStream out, int count, boolean whole) throws IOException {
        FrameWriter frames = new FrameWriter(out);
        for (int i = 0; i < count; i++) {
            frames.writeChunk(piece, 0);
        }
        if (whole) {
            frames.writeEnd();
            out.close();
        } else {
            frames.flush();
        }
    }

    private static FutureTask<Void> task(ThrowingCallable call) {
        return new FutureTask<>(() -> {
            try {
                call.call();
            } catch (Exception e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            return null;
        });
    }
}
