package org.tidebox.sync.http;

import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.remote.Remote.ChunkStream;
import org.tidebox.remote.Remote.Whole;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;

/** A connection to a real Jetty that says what a test wants it to. */
@Timeout(60)
abstract class OnFakeServer {
    static final TestCertificate CERTIFICATE = TestCertificate.create();
    static final Patience SHORT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(2));
    static final Random RANDOM = new Random(5);
    static final LibraryId LIBRARY = LibraryId.random(RANDOM);
    final FakeServer fake = new FakeServer();
    JettyServer server;
    ServerConnection connection;

    @BeforeEach
    final void start() throws Exception {
        server = new JettyServer(CERTIFICATE, fake);
        connection = new HttpConnector(SHORT).connect(server.address(), "the-token");
    }

    @AfterEach
    final void stop() throws Exception {
        connection.close();
        server.close();
    }

    static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static EncodedChunk chunk(int length) {
        byte[] id = new byte[ChunkId.LENGTH];
        byte[] data = new byte[length];
        synchronized (RANDOM) {
            RANDOM.nextBytes(id);
            RANDOM.nextBytes(data);
        }
        return new EncodedChunk(new ChunkId(id), Encoding.RAW, length, ByteBuffer.wrap(data));
    }

    static ChunkStream chunks(int count, int length) {
        AtomicInteger left = new AtomicInteger(count);
        return () -> left.getAndDecrement() > 0 ? new Whole(chunk(length), 0) : null;
    }
}
