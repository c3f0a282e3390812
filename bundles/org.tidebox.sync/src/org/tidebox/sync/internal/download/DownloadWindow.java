package org.tidebox.sync.internal.download;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.content.FetchRequest;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.content.KnownZeros;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.ChunkId;

/**
 * Chunks that are fetched by one request, and the places in files where they belong. Filled by one thread, then fetched
 * by another, which verifies and writes what comes.
 */
final class DownloadWindow implements Callable<Void> {
    private static final long BYTES = 8 << 20;
    private static final int CHUNKS = 1_000;
    /** A chunk may repeat without end, as in a sparse file; then it is fetched again after so many places. */
    private static final int PLACES = 10_000;

    private final PieceWriter writer;
    private final KnownZeros zeros;
    private final FetchRequest fetching;
    private final Map<ChunkId, List<Piece>> wanted = new LinkedHashMap<>();
    private long bytes;
    private int places;

    DownloadWindow(FolderRemote server, Work work, KnownZeros zeros) {
        this.writer = new PieceWriter(work.progress());
        this.zeros = zeros;
        this.fetching = new FetchRequest(server, work);
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    boolean hasRoomFor(Placed entry) {
        return places < PLACES
                && (wanted.containsKey(entry.id()) || bytes + entry.length() <= BYTES && wanted.size() < CHUNKS);
    }

    /**
     * Adds a piece of a file.
     *
     * @param like verified chunks that may be like it, in order; empty if nothing is
     */
    void want(Placed entry, Incoming file, Map<ChunkId, ByteBuffer> like) {
        List<Piece> same = wanted.get(entry.id());
        if (same == null) {
            bytes += entry.length() + fetching.add(entry.id(), like);
            same = new ArrayList<>(1);
            wanted.put(entry.id(), same);
        }
        same.add(new Piece(file, entry.offset(), entry.length()));
        places++;
    }

    /** Fetches and writes all; a file that fails says so itself. */
    @Override
    public Void call() throws RemoteException, InterruptedException {
        try (writer) {
            fetching.run(this::arrived);
            wanted.values()
                    .forEach(pieces -> pieces.forEach(piece -> piece.file.fail(new Obstacle.ServerSentPart())));
            return null;
        }
    }

    private void arrived(ChunkId id, Optional<ByteBuffer> raw) {
        List<Piece> pieces = wanted.remove(id);
        if (pieces == null) {
            return;
        }
        raw.ifPresent(content -> zeros.learn(id, content));
        for (Piece piece : pieces) {
            if (raw.isEmpty() || raw.get().remaining() != piece.length) {
                piece.file.fail(new Obstacle.ServerSentDamage(null));
            } else {
                writer.write(piece.file, piece.offset, raw.get());
            }
        }
    }

    private record Piece(Incoming file, long offset, long length) {
    }
}
