package org.tidebox.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tidebox.delta.EncodedChunk;
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
 * uploads together a fixed amount. They take turns in what they share, so that a small one does not wait until big ones
 * are through. Thread-safe.
 */
final class Ingest implements AutoCloseable {
    /** So many bytes are counted for each chunk on top of its data, so that a batch of tiny ones is bounded as well. */
    private static final int CHUNK_OVERHEAD = 512;
    /** Bytes of all uploads that are in memory at once. */
    private static final int MAX_HELD = 64 << 20;

    private final ServerData data;
    private final Patches patches;
    private final IngestRoom room = new IngestRoom(MAX_HELD);
    private final FairTasks verifiers = new FairTasks(Runtime.getRuntime().availableProcessors(),
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
     * @return how many chunks were new, and the commit that came with them, with the chunks if they are small
     */
    Taken take(long account, InputStream frames) throws IOException, ProblemException, StorageException {
        UploadBatches batches = new UploadBatches(room, new BatchStore(data, account), storers);
        room.enter(batches);
        try {
            return new Upload(account, batches).run(new FrameReader(frames));
        } catch (WireException e) {
            throw new ProblemException(e.getType(), e.getMessage());
        } finally {
            room.leave(batches);
            batches.settle();
        }
    }

    @Override
    public void close() {
        verifiers.close();
        storers.shutdown();
    }

    /**
     * What an upload brought.
     *
     * @param stored how many chunks were new
     * @param commit what to apply now, or {@code null}
     * @param small all chunks that came whole, where they are few enough to be told on; else none
     */
    record Taken(int stored, Commit commit, List<EncodedChunk> small) {
    }

    private final class Upload {
        private final long account;
        private final UploadBatches batches;
        private final FairTasks.Owner verifying = verifiers.owner();
        private final List<EncodedChunk> small = new ArrayList<>();
        private int bytes;

        Upload(long account, UploadBatches batches) {
            this.account = account;
            this.batches = batches;
        }

        Taken run(FrameReader reader) throws IOException, WireException, ProblemException, StorageException {
            Commit commit = null;
            while (true) {
                Frame frame = reader.next();
                switch (frame) {
                    case ChunkFrame chunk -> {
                        keepSmall(chunk.chunk());
                        receive(chunk.chunk().data().remaining(), () -> ReceivedChunk.verify(chunk));
                    }
                    // Counted with what comes of it, which is what stays in memory.
                    case PatchFrame patch -> receive(patch.patch().rawLength(),
                            () -> ReceivedChunk.verify(new ChunkFrame(patches.apply(account, patch.patch()),
                                    patch.level())).like(patch.patch().bases()));
                    case SignatureFrame signature -> throw new ProblemException(ProblemType.BAD_REQUEST,
                            "An upload holds no signatures");
                    case CommitFrame last -> commit = last.commit();
                    case EndFrame end -> {
                        return new Taken(batches.finish(), commit, small);
                    }
                    case ProblemFrame problem -> throw new ProblemException(ProblemType.BAD_REQUEST,
                            "The device gave up in the middle: " + problem.problem().detail());
                }
            }
        }

        private void keepSmall(EncodedChunk chunk) {
            int more = small.size() < Limits.MAX_PUSHED_NODES ? chunk.data().remaining() : Limits.MAX_PUSHED_BYTES + 1;
            bytes = Math.min(bytes + more, Limits.MAX_PUSHED_BYTES + 1);
            if (bytes <= Limits.MAX_PUSHED_BYTES) {
                small.add(chunk);
            } else {
                small.clear();
            }
        }

        private void receive(int length, Callable<ReceivedChunk> verification)
                throws ProblemException, StorageException {
            int taken = length + CHUNK_OVERHEAD;
            room.take(taken);
            batches.add(verifying.submit(verification), taken);
        }
    }
}
