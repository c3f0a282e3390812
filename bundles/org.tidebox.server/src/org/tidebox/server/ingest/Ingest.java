package org.tidebox.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.limits.Budget.Payer;
import org.tidebox.server.limits.FairTasks;
import org.tidebox.server.session.Standing;
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
 * storing the batch before it. An upload holds at most two batches of {@link Limits#BATCH_BYTES} in memory, for which
 * it takes room in the {@link Budget} before it reads them. Uploads take turns in what they share, so that a small one
 * does not wait until big ones are through. Thread-safe.
 */
final class Ingest implements AutoCloseable {
    private final ServerData data;
    private final Patches patches;
    private final Budget budget;
    private final FairTasks verifiers;
    private final ExecutorService storers = Executors.newVirtualThreadPerTaskExecutor();

    /** Stores into the given data. */
    Ingest(ServerData data, Patches patches, Budget budget, FairTasks verifiers) {
        this.data = data;
        this.patches = patches;
        this.budget = budget;
        this.verifiers = verifiers;
    }

    /**
     * Reads frames to their end; when this returns, all chunks are durable.
     *
     * @param standing is looked at for each chunk
     * @param claim where room is taken for the commit
     * @return how many chunks were new, and the commit that came with them, with the chunks if they are small
     */
    Taken take(long account, InputStream frames, Standing standing, Budget.Claim claim)
            throws IOException, ProblemException, StorageException {
        UploadBatches batches = new UploadBatches(budget, Payer.account(account), new BatchStore(data, account),
                storers);
        budget.enter(batches);
        try {
            return new Upload(account, standing, batches, claim).run(frames);
        } catch (WireException e) {
            throw new ProblemException(e.getType(), e.getMessage());
        } finally {
            budget.leave(batches);
            batches.settle();
        }
    }

    /**
     * Begins to take in chunks that are made here; to be closed whatever becomes of it.
     *
     * @param standing is looked at for each chunk
     */
    Making begin(long account, Standing standing) throws ProblemException {
        return new Making(account, standing);
    }

    /** Chunks that are made here, on their way to the stores as those of an upload are. For one thread at a time. */
    final class Making implements AutoCloseable {
        private final Standing standing;
        private final UploadBatches batches;
        private final Budget.Claim claim;
        private final FairTasks.Owner making;

        private Making(long account, Standing standing) throws ProblemException {
            this.standing = standing;
            this.claim = budget.claim(Payer.account(account), 0);
            this.making = verifiers.owner(account);
            this.batches = new UploadBatches(budget, Payer.account(account), new BatchStore(data, account), storers);
            budget.enter(batches);
        }

        /**
         * Takes a chunk that is yet to be made.
         *
         * @param bytes what is held until it is stored
         */
        void add(Callable<ReceivedChunk> chunk, long bytes) throws ProblemException, StorageException {
            standing.check();
            claim.add(bytes);
            claim.handOver(bytes);
            batches.add(making.submit(chunk), bytes);
        }

        /** Returns, when all is durable, how many chunks were new. */
        int finish() throws ProblemException, StorageException {
            return batches.finish();
        }

        @Override
        public void close() {
            budget.leave(batches);
            batches.settle();
            claim.close();
        }
    }

    @Override
    public void close() {
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
        private final Standing standing;
        private final UploadBatches batches;
        private final Budget.Claim claim;
        private final FairTasks.Owner verifying;
        private final List<EncodedChunk> small = new ArrayList<>();
        private int smallBytes;
        private long taken;

        Upload(long account, Standing standing, UploadBatches batches, Budget.Claim claim) {
            this.account = account;
            this.standing = standing;
            this.batches = batches;
            this.claim = claim;
            this.verifying = verifiers.owner(account);
        }

        Taken run(InputStream frames) throws IOException, WireException, ProblemException, StorageException {
            FrameReader reader = new FrameReader(frames, this::take);
            Commit commit = null;
            while (true) {
                Frame frame = reader.next();
                standing.check();
                switch (frame) {
                    case ChunkFrame chunk -> {
                        keepSmall(chunk.chunk());
                        receive(() -> ReceivedChunk.verify(chunk));
                    }
                    case PatchFrame patch ->
                        receive(() -> ReceivedChunk.verify(new ChunkFrame(patches.apply(account, patch.patch()),
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
            smallBytes = Math.min(smallBytes + more, Limits.MAX_PUSHED_BYTES + 1);
            if (smallBytes <= Limits.MAX_PUSHED_BYTES) {
                small.add(chunk);
            } else {
                small.clear();
            }
        }

        private void take(long bytes) throws WireException {
            try {
                claim.add(bytes);
                taken += bytes;
            } catch (ProblemException e) {
                throw new WireException(e.getType(), e.getMessage(), e);
            }
        }

        private void receive(Callable<ReceivedChunk> verification) throws ProblemException, StorageException {
            long bytes = taken;
            taken = 0;
            claim.handOver(bytes);
            batches.add(verifying.submit(verification), bytes);
        }
    }
}
