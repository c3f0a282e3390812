package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.LibraryId;

/** Uploads that stand still in the middle, more of them than the server has memory for, and others beside them. */
@Tag("C3")
@Tag("C5")
@Timeout(120)
class FairUploadTest {
    private static final int HELD = 24;
    private static final int CHUNKS = 6;
    private static final int LENGTH = EncodedChunk.MAX_LENGTH;
    @TempDir
    static Path folder;
    private static TestServer server;
    private final CountDownLatch gate = new CountDownLatch(1);
    private Session session;
    private LibraryId library;

    @BeforeAll
    static void open() throws Exception {
        server = new TestServer(folder, new Budget(64 << 20, Duration.ofSeconds(60)));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void join() throws Exception {
        session = server.session("ada" + server.random.nextInt(Integer.MAX_VALUE));
        library = server.library(session, "docs");
    }

    @Test
    void smallUploadsGoThroughWhileBigOnesHoldAllMemoryAndStandStill() throws Exception {
        CountDownLatch held = new CountDownLatch(HELD);
        List<CompletableFuture<Integer>> uploads = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            byte[] frames = TestServer.frames(chunks(), null);
            uploads.add(start(new SequenceInputStream(new ByteArrayInputStream(frames, 0, frames.length - 5),
                    new Gated(held, Arrays.copyOfRange(frames, frames.length - 5, frames.length)))));
        }
        held.await();
        for (int i = 0; i < 3; i++) {
            assertThat(server.upload(session, library, TestServer.chunk(server.bytes(LENGTH))).stored()).isEqualTo(1);
        }
        assertThat(uploads).noneMatch(CompletableFuture::isDone);
        gate.countDown();
        for (CompletableFuture<Integer> upload : uploads) {
            assertThat(upload.get()).isEqualTo(CHUNKS);
        }
    }

    private List<Sent> chunks() {
        List<Sent> chunks = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            chunks.add(TestServer.chunk(server.bytes(LENGTH)));
        }
        return chunks;
    }

    private CompletableFuture<Integer> start(InputStream frames) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return server.server.transfers().upload(session, library, frames).stored();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    /** The end of an upload, which comes when the gate is open. */
    private final class Gated extends ByteArrayInputStream {
        private final CountDownLatch reached;

        Gated(CountDownLatch reached, byte[] bytes) {
            super(bytes);
            this.reached = reached;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            await();
            return super.read(bytes, offset, length);
        }

        @Override
        public synchronized int read() {
            await();
            return super.read();
        }

        private void await() {
            reached.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
