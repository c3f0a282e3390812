package org.tidebox.sync.tests;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.Messages.ChunkWish;

/** A server at whose fetches a test stands: it may let them wait, fail, or bring something else. */
public final class GatedRemote implements Remote {
    private final Remote server;
    private Gate gate = wishes -> {
    };
    private Hand hand = chunk -> chunk;

    public GatedRemote(Remote server) {
        this.server = server;
    }

    /** Stands before each request for chunks. */
    public interface Gate {
        void pass(List<ChunkWish> wishes) throws RemoteException;
    }

    /** Stands at each chunk that comes. */
    public interface Hand {
        EncodedChunk pass(EncodedChunk chunk) throws RemoteException;
    }

    public void gate(Gate newGate) {
        gate = newGate;
    }

    public void hand(Hand newHand) {
        hand = newHand;
    }

    @Override
    public ChangePage changes(LibraryId library, long since, Mark seen) throws RemoteException {
        return server.changes(library, since, seen);
    }

    @Override
    public Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        return server.missing(library, ids);
    }

    @Override
    public CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) throws RemoteException {
        return server.upload(library, chunks, commit);
    }

    @Override
    public List<SequenceRange> confirmed(LibraryId library, long since) throws RemoteException {
        return server.confirmed(library, since);
    }

    @Override
    public List<NodeId> wanted(LibraryId library) throws RemoteException {
        return server.wanted(library);
    }

    @Override
    public void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException {
        server.fetch(library, ids, receiver);
    }

    @Override
    public Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids)
            throws RemoteException {
        return server.signatures(library, ids);
    }

    @Override
    public void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException {
        gate.pass(wishes);
        server.fetchPatches(library, wishes, chunk -> wholes.chunk(hand.pass(chunk)), patches);
    }
}
