package org.tidebox.sync.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.GatedRemote;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Node;

/** Contents that come in several windows at once, and are written and made durable while the next ones come. */
@Tag("C4")
class DownloadTest {
    private static final int LARGE = 40 << 20;
    private static final int MANY = 40;
    private static final int MIB = 1 << 20;
    /** So many files of 1 MiB are made durable together. */
    private static final int BATCH = 16;
    /** So many windows may be on their way. */
    private static final int AT_ONCE = 3;

    private final MemoryRemote server = new MemoryRemote();
    private final GatedRemote gated = new GatedRemote(server);
    private final Random random = new Random(11);
    private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix").build());
    private Device one;
    private Device two;

    @BeforeEach
    void secondDeviceFetchesThroughTheGate() throws IOException {
        one = new Device("one", memory.getPath("/one"), server, new MemoryTreeStore(), 1);
        two = new Device("two", memory.getPath("/two"), gated, new MemoryTreeStore(), 2);
    }

    @AfterEach
    void stopDevices() throws IOException {
        one.close();
        two.close();
        memory.close();
    }

    private void assertSame() throws Exception {
        for (Device device : List.of(one, two, one, two)) {
            assertThat(device.sync().quiet()).as("quiet, status: %s", device.folder().status()).isTrue();
        }
        assertThat(two.content().equals(one.content())).isTrue();
    }

    @Test
    void severalWindowsAreOnTheirWayAndNotMoreThanThree() throws Exception {
        writeNoise("large", LARGE);
        one.sync();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(AT_ONCE);
        gated.gate(wishes -> {
            if (wishes.size() > 10) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                together.countDown();
                meet(together);
                now.decrementAndGet();
            }
        });
        two.sync();
        assertThat(most.get()).isEqualTo(AT_ONCE);
        assertThat(two.content().equals(one.content())).isTrue();
    }

    @Test
    void filesArriveWhileTheNextOnesAreFetched() throws Exception {
        writeMany();
        one.sync();
        Semaphore windows = new Semaphore(3);
        gated.gate(wishes -> windows.acquireUninterruptibly());
        FutureTask<SyncReport> run = start(two);
        await().until(() -> countFiles(two.path("many")) == BATCH);
        assertThat(run.isDone()).isFalse();
        windows.release(100);
        assertThat(run.get().quiet()).isTrue();
        assertThat(two.content().equals(one.content())).isTrue();
    }

    @Test
    void whatIsWholeWhenTheServerFailsIsNotFetchedAgain() throws Exception {
        writeMany();
        one.sync();
        writeNoise("large", LARGE);
        one.sync();
        AtomicInteger requests = new AtomicInteger();
        gated.gate(wishes -> {
            if (requests.incrementAndGet() == 6) {
                throw new RemoteException(Reason.UNREACHABLE, "the way is cut", null);
            }
        });
        assertThatThrownBy(two::sync).isInstanceOf(RemoteException.class).hasMessageContaining("the way is cut");
        assertNothingTemporary();
        assertThat(two.folder().status().problems()).isEmpty();
        long before = server.bytesDown;
        int arrived = countFiles(two.path("many"));
        assertThat(arrived).isGreaterThanOrEqualTo(BATCH);
        assertSame();
        assertThat(server.bytesDown - before).isLessThanOrEqualTo(LARGE + (long) (MANY - arrived + 1) * MIB);
    }

    @Test
    void closingEndsADownloadThatWaitsForTheServer() throws Exception {
        writeNoise("large", LARGE);
        one.sync();
        CountDownLatch waits = new CountDownLatch(AT_ONCE);
        gated.gate(wishes -> {
            if (wishes.size() > 10) {
                waits.countDown();
                meet(new CountDownLatch(1));
            }
        });
        FutureTask<SyncReport> run = new FutureTask<>(two::sync);
        Thread runner = Thread.ofPlatform().start(run);
        waits.await();
        runner.interrupt();
        assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        assertNothingTemporary();
        gated.gate(wishes -> {
        });
        two.start();
        assertSame();
    }

    @Test
    void closingEndsADownloadOnASlowWaySoon() throws Exception {
        writeNoise("large", LARGE);
        one.sync();
        AtomicInteger chunks = new AtomicInteger();
        Thread closer = Thread.ofPlatform().unstarted(two::close);
        gated.hand(chunk -> {
            if (chunks.incrementAndGet() == 20) {
                closer.start();
                await().until(() -> closer.getState() == Thread.State.WAITING);
                chunks.set(0);
            }
            return chunk;
        });
        assertThatThrownBy(two::sync).isInstanceOf(InterruptedException.class);
        closer.join();
        assertThat(chunks.get()).isLessThan(20);
        assertNothingTemporary();
    }

    @Test
    void damagedChunkInTheMiddleFailsItsFileOnly() throws Exception {
        writeNoise("bad", LARGE);
        writeMany();
        one.sync();
        ChunkId victim = chunkInTheMiddle();
        gated.hand(chunk -> chunk.id().equals(victim) ? damaged(chunk) : chunk);
        assertThat(two.sync().quiet()).isTrue();
        assertThat(two.folder().status().problems()).singleElement().asString().contains("bad", "ServerSentDamage");
        assertThat(countFiles(two.path("many"))).isEqualTo(MANY);
        assertThat(Files.exists(two.path("bad"))).isFalse();
        assertNothingTemporary();
        gated.hand(chunk -> chunk);
        two.folder().retryNow();
        assertSame();
    }

    @Test
    void contentThatIsRefusedInTheMiddleFailsItsFileOnly() throws Exception {
        writeNoise("bad", LARGE);
        writeMany();
        one.sync();
        server.forget(chunkInTheMiddle());
        assertThat(two.sync().quiet()).isTrue();
        assertThat(two.folder().status().problems()).singleElement().asString().contains("bad");
        assertThat(countFiles(two.path("many"))).isEqualTo(MANY);
        assertNothingTemporary();
    }

    @Test
    @Tag("P3")
    void diskThatFillsInTheMiddleFailsWhatDoesNotFit() throws Exception {
        writeMany();
        writeNoise("a", LARGE);
        one.sync();
        Configuration small = Configuration.unix().toBuilder().setMaxSize(LARGE + (MANY + 8) * MIB).build();
        try (FileSystem files = Jimfs.newFileSystem(small);
                Device full = new Device("full", files.getPath("/box"), gated, new MemoryTreeStore(), 3)) {
            AtomicInteger requests = new AtomicInteger();
            gated.gate(wishes -> {
                if (requests.incrementAndGet() == 4) {
                    fill(files.getPath("/filler"));
                }
            });
            full.sync();
            assertThat(full.folder().status().problems()).isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.reason()).isEqualTo(new Obstacle.NoRoom()));
            assertNothingTemporary(full);
            gated.gate(wishes -> {
            });
            Files.delete(files.getPath("/filler"));
            full.folder().retryNow();
            full.sync();
            assertThat(full.folder().status().problems()).isEmpty();
            assertThat(countFiles(full.path("many"))).isEqualTo(MANY);
        }
    }

    @Test
    @Tag("P1")
    void whatAppearsWhileItsContentComesIsKept() throws Exception {
        writeMany();
        one.write("many/0", "theirs");
        one.sync();
        AtomicInteger requests = new AtomicInteger();
        gated.gate(wishes -> {
            if (requests.incrementAndGet() == 2) {
                write(two.path("many/0"), "ours");
            }
        });
        two.sync();
        assertSame();
        assertThat(two.content().values()).filteredOn(text -> text.endsWith("ours") || text.endsWith("theirs"))
                .hasSize(2);
    }

    private void writeNoise(String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        Files.write(one.path(name), bytes);
    }

    private void writeMany() throws IOException {
        Files.createDirectory(one.path("many"));
        for (int i = 0; i < MANY; i++) {
            writeNoise("many/" + i, MIB);
        }
    }

    private ChunkId chunkInTheMiddle() throws Exception {
        Node bad = server.live().stream().filter(node -> node.name().equals("bad")).findFirst().orElseThrow();
        return server.piecesOf(bad).get(LARGE / (512 << 10));
    }

    private static EncodedChunk damaged(EncodedChunk chunk) {
        byte[] bytes = new byte[chunk.data().remaining()];
        chunk.data().duplicate().get(bytes);
        bytes[bytes.length / 2] ^= 1;
        return new EncodedChunk(chunk.id(), chunk.encoding(), chunk.rawLength(), ByteBuffer.wrap(bytes));
    }

    private static FutureTask<SyncReport> start(Device device) {
        FutureTask<SyncReport> run = new FutureTask<>(device::sync);
        Thread.ofPlatform().daemon().start(run);
        return run;
    }

    private static void meet(CountDownLatch latch) throws RemoteException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new RemoteException(Reason.UNREACHABLE, "interrupted", e);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves no room for what is on its way. */
    private static void fill(Path filler) {
        try {
            byte[] block = new byte[64 << 10];
            try (var out = Files.newOutputStream(filler)) {
                while (true) {
                    out.write(block);
                }
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }

    private void assertNothingTemporary() throws IOException {
        assertNothingTemporary(two);
    }

    private static void assertNothingTemporary(Device device) throws IOException {
        try (Stream<Path> left = Files.list(device.path(".tidebox/tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    private static int countFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return (int) files.count();
        }
    }
}
