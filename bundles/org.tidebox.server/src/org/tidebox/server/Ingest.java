package org.tidebox.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Commit;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.PatchFrame;
import org.tidebox.wire.Frame.ProblemFrame;
import org.tidebox.wire.Frame.SignatureFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.Limits;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.WireException;

/**
 * Takes in the chunks of uploads. Three things go on at once: receiving a batch, verifying what has come of it, and
 * storing the batch before it. An upload holds at most two batches of {@link Limits#BATCH_BYTES} in memory, and all
 * uploads together a fixed amount: one that finds no room stores what it has first, so whoever waits for room holds
 * none. Thread-safe.
 */
final class Ingest implements AutoCloseable {
    /** So many bytes are counted for each chunk on top of its data, so that a batch of tiny ones is bounded as well. */
    private static final int CHUNK_OVERHEAD = 512;
    /** Bytes of all uploads that are in memory at once. */
    private static final int MAX_HELD = 64 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final ServerData data;
    private final Patches patches;
    private final Semaphore room = new Semaphore(MAX_HELD, true);
    private final ExecutorService verifiers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
            task -> Thread.ofPlatform().daemon().name("tidebox-verify").unstarted(task));
    private final ExecutorService storers = Executors.newVirtualThreadPerTaskExecutor();

    /** Stores into the given data. */
    Ingest(ServerData data, Patches patches) {
        this.data = data;
        this.patches = patches;
    }

    /**
     * Reads frames to their end; when this returns, all chunks are durable.
     *
     * @return how many chunks were new, and the commit that came with them
     */
    Taken take(long account, InputStream frames) throws IOException, ProblemException, StorageException {
        Upload upload = new Upload(account);
        try {
            return upload.run(new FrameReader(frames));
        } catch (WireException e) {
            throw new ProblemException(e.getType(), e.getMessage());
        } finally {
            upload.settle();
        }
    }

    @Override
    public void close() {
        verifiers.shutdown();
        storers.shutdown();
    }

    /**
     * What an upload brought.
     *
     * @param stored how many chunks were new
     * @param commit what to apply now, or {@code null}
     */
    record Taken(int stored, Commit commit) {
    }

    private final class Upload {
        private final long account;
        private final BatchStore store;
        private List<Future<ReceivedChunk>> filling = new ArrayList<>();
        private int fillingBytes;
        private Future<Integer> storing = CompletableFuture.completedFuture(0);
        private int stored;

        Upload(long account) {
            this.account = account;
            this.store = new BatchStore(data, account);
        }

        Taken run(FrameReader reader) throws IOException, WireException, ProblemException, StorageException {
            Commit commit = null;
            while (true) {
                Frame frame = reader.next();
                switch (frame) {
                    case ChunkFrame chunk -> receive(chunk.chunk().data().remaining(),
                            () -> ReceivedChunk.verify(chunk));
                    // Counted with what comes of it, which is what stays in memory.
                    case PatchFrame patch -> receive(patch.patch().rawLength(),
                            () -> ReceivedChunk.verify(new ChunkFrame(patches.apply(account, patch.patch()),
                                    patch.level())));
                    case SignatureFrame signature -> throw new ProblemException(ProblemType.BAD_REQUEST,
                            "An upload holds no signatures");
                    case CommitFrame last -> commit = last.commit();
                    case EndFrame end -> {
                        handOver();
                        handOver();
                        return new Taken(stored, commit);
                    }
                    case ProblemFrame problem -> throw new ProblemException(ProblemType.BAD_REQUEST,
                            "The device gave up in the middle: " + problem.problem().detail());
                }
            }
        }

        private void receive(int length, Callable<ReceivedChunk> verification)
                throws ProblemException, StorageException {
            int bytes = length + CHUNK_OVERHEAD;
            makeRoom(bytes);
            fillingBytes += bytes;
            filling.add(verifiers.submit(verification));
            if (fillingBytes >= Limits.BATCH_BYTES) {
                handOver();
            }
        }

        private void makeRoom(int bytes) throws ProblemException, StorageException {
            if (room.tryAcquire(bytes)) {
                return;
            }
            handOver();
            handOver();
            try {
                if (room.tryAcquire(bytes, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new ProblemException(ProblemType.UNAVAILABLE,
                    "The server takes in as much as it can; try again later");
        }

        /** Waits until the batch before is stored, then lets the present one follow while the next is received. */
        private void handOver() throws ProblemException, StorageException {
            Future<Integer> before = storing;
            storing = CompletableFuture.completedFuture(0);
            stored += await(before);
            if (!filling.isEmpty()) {
                List<Future<ReceivedChunk>> batch = filling;
                int bytes = fillingBytes;
                filling = new ArrayList<>();
                fillingBytes = 0;
                storing = storers.submit(() -> storeAll(batch, bytes));
            }
        }

        private int storeAll(List<Future<ReceivedChunk>> batch, int bytes) throws ProblemException, StorageException {
            try {
                List<ReceivedChunk> chunks = new ArrayList<>(batch.size());
                for (Future<ReceivedChunk> verified : batch) {
                    chunks.add(await(verified));
                }
                return store.store(chunks);
            } finally {
                room.release(bytes);
            }
        }

        /** Leaves nothing running and no room taken behind. */
        void settle() {
            filling.forEach(verified -> verified.cancel(false));
            room.release(fillingBytes);
            while (storing.state() == Future.State.RUNNING) {
                try {
                    storing.get();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (ExecutionException e) {
                    return;
                }
            }
        }
    }

    private static <T> T await(Future<T> future) throws ProblemException, StorageException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "The server is stopping; try again later");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ProblemException problem -> throw problem;
                case StorageException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
