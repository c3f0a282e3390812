package org.tidebox.sync.internal.download;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.content.KnownZeros;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.ChunkId;

/** Some files whose contents are on their way. Used by one thread. */
final class FetchBatch {
    private final FolderRemote server;
    private final Work work;
    private final Stop stop;
    private final KnownZeros zeros;
    private final WindowFetcher fetcher;
    private final List<WindowFetcher.Fetch> fetches = new ArrayList<>();
    private DownloadWindow window;

    FetchBatch(FolderRemote server, Work work, KnownZeros zeros, WindowFetcher fetcher) {
        this.server = server;
        this.work = work;
        this.stop = work.stop();
        this.zeros = zeros;
        this.fetcher = fetcher;
        this.window = new DownloadWindow(server, work, zeros);
    }

    /** Returns the chunks that are known to hold nothing but zeros. */
    KnownZeros zeros() {
        return zeros;
    }

    /** Wants a piece from the server; waits if too much is on its way. */
    void want(Placed entry, Incoming file, Map<ChunkId, ByteBuffer> like)
            throws RemoteException, InterruptedException {
        if (!window.hasRoomFor(entry)) {
            send();
        }
        window.want(entry, file, like);
    }

    /** Lets what was wanted set out. */
    void send() throws RemoteException, InterruptedException {
        stop.check();
        if (!window.isEmpty()) {
            fetches.add(fetcher.fetch(window));
            window = new DownloadWindow(server, work, zeros);
        }
    }

    /**
     * Waits until all that came is written.
     *
     * @return {@code null}, or why the server refused something; the rest came nevertheless
     * @throws RemoteException if the server failed otherwise
     */
    RemoteException await() throws RemoteException, InterruptedException {
        RemoteException refusal = null;
        for (WindowFetcher.Fetch fetch : fetches) {
            RemoteException refused = fetch.await();
            refusal = refused == null ? refusal : refused;
        }
        fetches.clear();
        return refusal;
    }
}
