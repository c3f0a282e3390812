package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.remote.Remote.Whole;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Routes;

/** What a device makes of servers that are wrong, broken or away. */
@Timeout(60)
class HttpTrustTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.create();
    private static final LibraryId LIBRARY = new LibraryId(new byte[16]);
    private final HttpConnector connector = new HttpConnector(
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5)));

    @Test
    @Tag("C7")
    void thePinnedCertificateIsTrustedWhateverNameItHas() throws Exception {
        ServerInfo info = new ServerInfo("tidebox", "1", List.of(1));
        try (RawServer server = new RawServer(CERTIFICATE, (connection, out, socket) -> {
            byte[] body = Codec.write(info, Routes.JSON);
            out.write(RawServer.head("200 OK", Routes.JSON, body.length));
            out.write(body);
        })) {
            assertThat(connector.info(server.address())).isEqualTo(info);
        }
    }

    @Test
    @Tag("C7")
    void anotherCertificateIsNotTrusted() throws Exception {
        String pinned = TestCertificate.create().fingerprint();
        try (RawServer server = new RawServer(CERTIFICATE, (connection, out, socket) -> {
        })) {
            ServerAddress address = new ServerAddress(server.address().uri(), pinned);
            RemoteException failure = failure(() -> connector.info(address), Reason.UNTRUSTED);
            assertThat(failure).message().contains(pinned, CERTIFICATE.fingerprint());
            assertThat(failure.isPermanent()).isTrue();
            assertThat(server.connections()).as("requests that the server saw").isZero();
        }
    }

    @Test
    @Tag("C7")
    void aSelfSignedCertificateWithoutAPinIsNotTrusted() throws Exception {
        try (RawServer server = new RawServer(CERTIFICATE, (connection, out, socket) -> {
        })) {
            ServerAddress address = new ServerAddress(server.address().uri(), null);
            RemoteException failure = failure(() -> connector.info(address), Reason.UNTRUSTED);
            assertThat(failure).message().contains(CERTIFICATE.fingerprint(), "does not trust");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aServerThatIsNotRunningIsUnreachable() throws Exception {
        URI uri;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            uri = URI.create("https://127.0.0.1:" + free.getLocalPort());
        }
        RemoteException failure = failure(() -> connector.info(new ServerAddress(uri, null)), Reason.UNREACHABLE);
        assertThat(failure).hasMessage("Cannot reach " + uri + ": connection refused; is the server running?");
        assertThat(failure.isPermanent()).isFalse();
    }

    @Test
    void aHostThatDoesNotExistIsUnreachable() {
        ServerAddress address = ServerAddress.parse("no-such-host.invalid", null);
        assertThat(failure(() -> connector.info(address), Reason.UNREACHABLE)).message()
                .contains("https://no-such-host.invalid", "host name is not known");
    }

    @Test
    void aServerWithoutTlsIsNoTideboxServer() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = plain.accept()) {
                    socket.getInputStream().read(new byte[100_000]);
                    socket.getOutputStream().write(
                            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    // Leaves only after the client: bytes that nobody read would reset the connection.
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            ServerAddress address = ServerAddress.parse("127.0.0.1:" + plain.getLocalPort(), null);
            assertThat(failure(() -> connector.info(address), Reason.UNREACHABLE)).message()
                    .contains("is it a Tidebox server?");
        }
    }

    @Test
    void aServerThatDiesInTheMiddleOfADownloadIsNoticed() throws Exception {
        EncodedChunk chunk = new EncodedChunk(new ChunkId(new byte[32]), Encoding.RAW, 3, ByteBuffer.wrap(new byte[3]));
        CountDownLatch arrived = new CountDownLatch(1);
        try (RawServer server = new RawServer(CERTIFICATE, (connection, out, socket) -> {
            out.write(RawServer.head("200 OK", Routes.FRAMES, 1_000_000));
            FrameWriter frames = new FrameWriter(out);
            frames.writeChunk(chunk, 0);
            frames.flush();
            awaitOne(arrived);
        }); ServerConnection connection = connector.connect(server.address(), "token")) {
            List<EncodedChunk> received = new ArrayList<>();
            RemoteException failure = failure(() -> connection.fetch(LIBRARY, List.of(chunk.id(), chunk.id()), got -> {
                received.add(got);
                arrived.countDown();
            }), Reason.UNREACHABLE);
            assertThat(failure).message().contains("broke");
            assertThat(received).containsExactly(chunk);
        }
    }

    @Test
    void aGetIsRepeatedOnceWhenTheConnectionBreaks() throws Exception {
        byte[] body = Codec.write(new Libraries(List.of()), Routes.CBOR);
        try (RawServer server = new RawServer(CERTIFICATE, (connection, out, socket) -> {
            out.write(RawServer.head("200 OK", Routes.CBOR, body.length));
            out.write(body, 0, connection == 1 ? body.length - 1 : body.length);
        }); ServerConnection connection = connector.connect(server.address(), "token")) {
            assertThat(connection.libraries()).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatAlwaysBreaksIsUnreachable() throws Exception {
        try (RawServer server = new RawServer(CERTIFICATE, (connection, out, socket) -> {
        });
                ServerConnection connection = connector.connect(server.address(), "token")) {
            assertThat(failure(connection::libraries, Reason.UNREACHABLE)).message().contains("broke");
            assertThat(server.connections()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void anUploadToAServerThatDiesIsUnreachable() throws Exception {
        try (RawServer server = new RawServer(CERTIFICATE, (connection, out, socket) -> {
        });
                ServerConnection connection = connector.connect(server.address(), "token")) {
            EncodedChunk chunk = new EncodedChunk(new ChunkId(new byte[32]), Encoding.RAW, 100_000,
                    ByteBuffer.allocate(100_000));
            failure(() -> connection.upload(LIBRARY, () -> new Whole(chunk, 0), null),
                    Reason.UNREACHABLE);
        }
    }

    private static void awaitOne(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static RemoteException failure(ThrowingCallable call, Reason reason) {
        RemoteException failure = catchThrowableOfType(RemoteException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.getReason()).as(failure.getMessage()).isEqualTo(reason);
        assertThat(failure).message().doesNotContain("Exception", "java.");
        return failure;
    }
}
