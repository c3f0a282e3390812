package org.tidebox.sync.internal.pull;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.Messages.ChunkWish;

/**
 * The server, with some contents at hand that came with its news: a request for nothing else is spared. Filled and
 * emptied by one thread while no other asks.
 */
public final class PushedContents implements Remote {
    private final Remote server;
    private final Progress progress;
    private final ChunkCodec codec = new ChunkCodec();
    private final Map<ChunkId, EncodedChunk> held = new HashMap<>();

    /**
     * Has nothing at hand yet.
     *
     * @param progress hears when the server is asked
     */
    public PushedContents(Remote server, Progress progress) {
        this.server = server;
        this.progress = progress;
    }

    /** A question to the server. */
    @FunctionalInterface
    private interface Asked<T> {
        T ask() throws RemoteException;
    }

    private <T> T ask(Asked<T> question) throws RemoteException {
        progress.asks();
        try {
            return question.ask();
        } finally {
            progress.hasAsked();
        }
    }

    /** Takes what came with the news; what is damaged will be fetched. */
    public void hold(HeadNews news) {
        for (EncodedChunk chunk : news.pushed() == null ? List.<EncodedChunk>of() : news.pushed().chunks()) {
            try {
                codec.decode(chunk);
                held.put(chunk.id(), chunk);
            } catch (CorruptChunkException e) {
                held.remove(chunk.id());
            }
        }
    }

    /** Has nothing at hand from now on. */
    public void clear() {
        held.clear();
    }

    @Override
    public void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException {
        if (!held.keySet().containsAll(ids)) {
            ask(() -> {
                server.fetch(library, ids, chunk -> {
                    progress.step();
                    receiver.chunk(chunk);
                });
                return null;
            });
            return;
        }
        for (ChunkId id : ids) {
            receiver.chunk(held.get(id));
        }
    }

    @Override
    public void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException {
        List<ChunkId> ids = wishes.stream().map(ChunkWish::id).toList();
        if (held.keySet().containsAll(ids)) {
            fetch(library, ids, wholes);
        } else {
            ask(() -> {
                server.fetchPatches(library, wishes, wholes, patches);
                return null;
            });
        }
    }

    @Override
    public List<SequenceRange> confirmed(LibraryId library, long since) throws RemoteException {
        return server.confirmed(library, since);
    }

    @Override
    public ChangePage changes(LibraryId library, long since, Mark seen) throws RemoteException {
        return ask(() -> server.changes(library, since, seen));
    }

    @Override
    public Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        return ask(() -> server.missing(library, ids));
    }

    @Override
    public CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) throws RemoteException {
        return ask(() -> server.upload(library, chunks, commit));
    }

    @Override
    public List<NodeId> wanted(LibraryId library) throws RemoteException {
        return ask(() -> server.wanted(library));
    }

    @Override
    public Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids)
            throws RemoteException {
        return ask(() -> server.signatures(library, ids));
    }
}
