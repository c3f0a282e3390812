package org.tidebox.sync.internal.upload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tidebox.delta.BlockSignature;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;

/**
 * What goes to the server at once: raw chunks, and those changes whose chunks are all in this window or in earlier
 * ones. Filled by one thread, then sent by another: all of it in one request, or its pieces ahead while earlier windows
 * are still on their way. Lists of recipe entries must come after all that they name, changes after that.
 */
final class UploadWindow {
    /** Raw bytes after which a window is sent; three windows are in memory at most. */
    static final long BYTES = 8 << 20;
    /** Changes after which a window is sent. */
    static final int CHANGES = 1_000;
    /** Below this, asking what is missing costs more than sending it all. */
    private static final long FEW_BYTES = 64 << 10;
    /** Below this a request of their own costs more than sending the pieces ahead saves. */
    private static final long WORTH_AHEAD = 1 << 20;
    /** So many bytes of lists may wait in memory for the next change: those of some 1.5 GiB of content. */
    private static final long FEW_LISTS = 1 << 20;

    private final Map<ChunkId, Raw> chunks = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final CompressionLevel compression;
    private long bytes;
    private boolean asked;

    /** Begins empty. */
    UploadWindow(CompressionLevel compression) {
        this.compression = compression;
    }

    void add(ChunkId id, ByteBuffer raw, int level) {
        add(id, raw, level, List.of());
    }

    /**
     * Adds a chunk, unless it is there.
     *
     * @param bases chunks of the server that it may be told by
     */
    void add(ChunkId id, ByteBuffer raw, int level, List<ChunkId> bases) {
        if (!chunks.containsKey(id)) {
            byte[] copy = new byte[raw.remaining()];
            raw.get(raw.position(), copy);
            chunks.put(id, new Raw(copy, level, bases));
            bytes += copy.length;
        }
    }

    /** Puts what an earlier window has left in front of what is here. */
    void precede(UploadWindow earlier) {
        Map<ChunkId, Raw> own = new LinkedHashMap<>(chunks);
        chunks.clear();
        chunks.putAll(earlier.chunks);
        own.forEach(chunks::putIfAbsent);
        count();
    }

    void add(Change change) {
        changes.add(change);
    }

    boolean isFull() {
        return bytes >= BYTES || changes.size() >= CHANGES;
    }

    boolean isEmpty() {
        return chunks.isEmpty() && changes.isEmpty();
    }

    List<Change> changes() {
        return changes;
    }

    /** Returns whether the pieces should be sent while earlier windows are on their way. */
    boolean isWorthSendingAhead() {
        return bytes >= WORTH_AHEAD;
    }

    /** Returns whether nothing is left but some lists, which need not come before the next change. */
    boolean canWait() {
        return asked && changes.isEmpty() && bytes < FEW_LISTS;
    }

    /** Sends the pieces that the server lacks. What is left are lists and changes. */
    void sendPieces(Remote remote, LibraryId library) throws RemoteException {
        ask(remote, library);
        Map<ChunkId, Raw> pieces = new LinkedHashMap<>(chunks);
        pieces.values().removeIf(chunk -> chunk.level > 0);
        if (!pieces.isEmpty()) {
            upload(remote, library, pieces, null);
            chunks.keySet().removeAll(pieces.keySet());
            count();
        }
    }

    /**
     * Sends the chunks that the server lacks, then the changes; {@code null} if there were no changes.
     *
     * @param seen the newest mark that this device knows, or {@code null}
     * @param confirmed whether a person has confirmed the deletions among the changes
     */
    CommitResult send(Remote remote, LibraryId library, RandomGenerator random, Mark seen, boolean confirmed)
            throws RemoteException {
        ask(remote, library);
        if (chunks.isEmpty() && changes.isEmpty()) {
            return null;
        }
        return upload(remote, library, chunks,
                changes.isEmpty() ? null : new Commit(CommitId.random(random), changes, seen, confirmed ? true : null));
    }

    private void ask(Remote remote, LibraryId library) throws RemoteException {
        if (!asked && bytes > FEW_BYTES) {
            chunks.keySet().retainAll(remote.missing(library, chunks.keySet()));
            count();
        }
        asked = true;
    }

    private void count() {
        bytes = lengthOf(chunks.values());
    }

    private CommitResult upload(Remote remote, LibraryId library, Map<ChunkId, Raw> chunks, Commit commit)
            throws RemoteException {
        Map<ChunkId, BlockSignature> signatures = remote.signatures(library, bases(chunks));
        try {
            return remote.upload(library, new RawChunks(chunks, signatures, compression), commit);
        } catch (RemoteException e) {
            boolean mayBeThePatches = e.getReason() == Reason.REFUSED || e.getReason() == Reason.FAILED;
            if (signatures.isEmpty() || !mayBeThePatches) {
                throw e;
            }
            // A base may have gone. What is whole is always right, and the same commit is never applied twice.
            return remote.upload(library, new RawChunks(chunks, Map.of(), compression), commit);
        }
    }

    private static Set<ChunkId> bases(Map<ChunkId, Raw> chunks) {
        Set<ChunkId> bases = new LinkedHashSet<>();
        chunks.values().forEach(chunk -> bases.addAll(chunk.bases));
        return bases;
    }

    static long lengthOf(Collection<Raw> chunks) {
        return chunks.stream().mapToLong(chunk -> chunk.bytes.length).sum();
    }

    /** A chunk that has not been encoded yet; its bases are chunks of the server that it may be told by. */
    record Raw(byte[] bytes, int level, List<ChunkId> bases) {
    }
}
