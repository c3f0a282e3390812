package org.tidebox.sync.internal.content;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Messages.ChunkWish;

/**
 * Chunks to fetch in one request, as patches where the disk has something like them. Whatever is wrong with a patch,
 * the chunk is fetched whole.
 */
public final class FetchRequest {
    private final Remote remote;
    private final LibraryId library;
    private final Stop stop;
    private final ChunkCodec codec = new ChunkCodec();
    private final PatchCodec patches = new PatchCodec();
    private final Map<ChunkId, List<ChunkId>> wishes = new LinkedHashMap<>();
    private final Map<ChunkId, ByteBuffer> bases = new HashMap<>();

    public FetchRequest(FolderRemote server, Work work) {
        this.remote = server.remote();
        this.library = server.library();
        this.stop = work.stop();
    }

    /** Takes what comes. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes a chunk.
         *
         * @param raw its verified bytes, or nothing if it came damaged; they may be used during the call only
         */
        void take(ChunkId id, Optional<ByteBuffer> raw) throws RemoteException;
    }

    /**
     * Adds a chunk.
     *
     * @param like the raw, verified bytes of what may be like it, in order; empty if nothing is
     * @return how many bytes of these were not in memory before
     */
    public long add(ChunkId id, Map<ChunkId, ByteBuffer> like) {
        wishes.put(id, List.copyOf(like.keySet()));
        long more = 0;
        for (Map.Entry<ChunkId, ByteBuffer> base : like.entrySet()) {
            more += bases.put(base.getKey(), base.getValue()) == null ? base.getValue().remaining() : 0;
        }
        return more;
    }

    /**
     * Fetches all, and begins anew.
     *
     * @throws InterruptedException if the run shall end; on a slow way, the rest of an answer is not waited for
     */
    public void run(Receiver receiver) throws RemoteException, InterruptedException {
        try {
            fetch(receiver);
        } catch (RemoteException e) {
            stop.check();
            throw e;
        }
        clear();
    }

    private void fetch(Receiver receiver) throws RemoteException {
        List<ChunkWish> wanted = wishes.entrySet().stream()
                .map(wish -> new ChunkWish(wish.getKey(), wish.getValue())).toList();
        List<ChunkId> again = new ArrayList<>();
        remote.fetchPatches(library, wanted, chunk -> take(chunk, receiver),
                patch -> {
                    checkStop();
                    Optional<ByteBuffer> raw = apply(patch);
                    if (raw.isPresent()) {
                        receiver.take(patch.id(), raw);
                    } else {
                        again.add(patch.id());
                    }
                });
        if (!again.isEmpty()) {
            remote.fetch(library, again, chunk -> take(chunk, receiver));
        }
    }

    private void take(EncodedChunk chunk, Receiver receiver) throws RemoteException {
        checkStop();
        receiver.take(chunk.id(), decode(chunk));
    }

    private void checkStop() throws RemoteException {
        if (stop.isRequested()) {
            throw new RemoteException(RemoteException.Reason.UNREACHABLE, "the sync folder is being closed", null);
        }
    }

    /** Begins anew. */
    void clear() {
        wishes.clear();
        bases.clear();
    }

    private Optional<ByteBuffer> apply(ChunkPatch patch) {
        List<ByteBuffer> contents = new ArrayList<>();
        for (ChunkId base : patch.bases()) {
            if (!bases.containsKey(base)) {
                return Optional.empty();
            }
            contents.add(bases.get(base));
        }
        try {
            return Optional.of(patches.apply(patch, contents));
        } catch (CorruptChunkException e) {
            return Optional.empty();
        }
    }

    private Optional<ByteBuffer> decode(EncodedChunk chunk) {
        try {
            return Optional.of(codec.decode(chunk));
        } catch (CorruptChunkException e) {
            return Optional.empty();
        }
    }
}
