package org.tidebox.sync.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.sync.Remote;
import org.tidebox.sync.RemoteException;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;

/**
 * What goes to the server at once: raw chunks, and those changes whose chunks are all in this window or in earlier
 * ones. Filled by one thread, then sent by another.
 */
final class UploadWindow {
    /** Raw bytes after which a window is sent; three windows are in memory at most. */
    static final long BYTES = 8 << 20;
    /** Changes after which a window is sent. */
    static final int CHANGES = 1_000;
    /** Below this, asking what is missing costs more than sending it all. */
    private static final long FEW_BYTES = 64 << 10;

    private final Map<ChunkId, Raw> chunks = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long bytes;

    void add(ChunkId id, ByteBuffer raw, int level) {
        if (!chunks.containsKey(id)) {
            byte[] copy = new byte[raw.remaining()];
            raw.get(raw.position(), copy);
            chunks.put(id, new Raw(copy, level));
            bytes += copy.length;
        }
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

    /**
     * Sends the chunks that the server lacks, then the changes; {@code null} if there were no changes.
     *
     * @param seen the newest mark that this device knows, or {@code null}
     */
    CommitResult send(Remote remote, LibraryId library, RandomGenerator random, Mark seen) throws RemoteException {
        if (bytes > FEW_BYTES) {
            Set<ChunkId> missing = remote.missing(library, chunks.keySet());
            chunks.keySet().retainAll(missing);
        }
        if (chunks.isEmpty() && changes.isEmpty()) {
            return null;
        }
        ChunkCodec codec = new ChunkCodec();
        Iterator<Map.Entry<ChunkId, Raw>> left = chunks.entrySet().iterator();
        Commit commit = changes.isEmpty() ? null : new Commit(CommitId.random(random), changes, seen);
        return remote.upload(library, () -> {
            if (!left.hasNext()) {
                return null;
            }
            Map.Entry<ChunkId, Raw> next = left.next();
            return new Remote.Outgoing(codec.encode(next.getKey(), ByteBuffer.wrap(next.getValue().bytes)),
                    next.getValue().level);
        }, commit);
    }

    private record Raw(byte[] bytes, int level) {
    }
}
