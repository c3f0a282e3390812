package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.util.List;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.feature.Lease;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.content.KnownZeros;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Work;

/**
 * Puts contents together from chunks of the files' old versions and of the server. Gathers what it needs over files
 * and over stretches of a long file into {@linkplain DownloadWindow windows}, which travel beside. A file that fails
 * says so itself; the others go on.
 */
final class ContentFetcher {
    private final FolderRemote server;
    private final Work work;
    private final ChunkerRegistry chunkers;
    private final KnownLeaves leaves;
    private final KnownZeros zeros = new KnownZeros();
    private final OldVersions olds;
    private final WindowFetcher fetcher;
    private final PieceWriter writer;

    ContentFetcher(FolderRemote server, Work work, OldVersions olds) {
        this.server = server;
        this.work = work;
        this.chunkers = server.chunkers();
        this.leaves = server.leaves();
        this.olds = olds;
        this.fetcher = new WindowFetcher(work);
        this.writer = new PieceWriter(work.progress());
    }

    /** Prepares for some files. */
    FetchBatch prepare() {
        return new FetchBatch(server, work, zeros, fetcher);
    }

    /** Lets the contents of some files set out; {@link #await} must follow, or {@link #giveUp}. */
    void begin(FetchBatch batch, List<Incoming> files)
            throws RemoteException, TreeStoreException, InterruptedException {
        try (writer) {
            for (Incoming file : files) {
                begin(file, batch);
            }
        }
        batch.send();
    }

    /** Waits until the contents of these files are written, as far as it is possible. */
    void await(FetchBatch batch, List<Incoming> files)
            throws RemoteException, TreeStoreException, InterruptedException {
        if (batch.await() == null) {
            return;
        }
        // One content that the server does not give must not hold up the others.
        for (Incoming file : files) {
            if (file.failure() == null && !file.isWhole()) {
                FetchBatch alone = prepare();
                begin(alone, List.of(file));
                RemoteException refusal = alone.await();
                if (refusal != null) {
                    file.fail(new Obstacle.Other(refusal.getMessage()));
                }
            }
        }
    }

    /** Gives up what is on its way, and returns when nothing of it writes any more. */
    void giveUp() {
        fetcher.close();
    }

    private void begin(Incoming file, FetchBatch batch)
            throws RemoteException, TreeStoreException, InterruptedException {
        try (Lease<Chunker> chunker = chunkers.acquire(); OldContent old = oldContent(file, chunker.get())) {
            file.begin();
            new RecipeWalk(server, work, writer, batch, file, old).run();
        } catch (IOException e) {
            file.fail(Reasons.of(e));
        } catch (CorruptRecipeException e) {
            file.fail(new Obstacle.ServerSentDamage(e.getMessage()));
        } catch (RemoteException e) {
            if (e.getReason() != RemoteException.Reason.REFUSED) {
                throw e;
            }
            file.fail(new Obstacle.Other(e.getMessage()));
        }
    }

    private OldContent oldContent(Incoming file, Chunker chunker) throws TreeStoreException {
        try {
            return olds.open(file.node(), chunker);
        } catch (IOException e) {
            // Then everything comes from the server.
            return null;
        }
    }
}
