package org.tidebox.remote;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.Messages.ChunkWish;

/** One account's libraries on a server, as a device sees them. Thread-safe; requests may overlap. */
@ProviderType
public interface Remote {
    /**
     * Reads on from a sequence.
     *
     * @param seen the newest mark of the library that this device knows, or {@code null}
     * @throws RemoteException {@code SET_BACK} if the library's history does not have that mark
     */
    ChangePage changes(LibraryId library, long since, Mark seen) throws RemoteException;

    /** Returns those chunks that the account has not stored; any number of ids. */
    Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) throws RemoteException;

    /**
     * Stores chunks and then applies a commit, in one request. A list of recipe entries must come after the chunks that it names. When this returns, all is
     * durable.
     *
     * @param chunks are pulled one after the other while they are sent, so that reading and sending overlap
     * @param commit what to apply afterwards, or {@code null}
     * @return the answer to the commit, or {@code null} if there was none
     * @throws RemoteException {@code SET_BACK} if the library's history does not have the mark in the commit
     */
    CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) throws RemoteException;

    /**
     * Returns which changes behind a sequence a person confirmed on the device that sent them, because they deleted much;
     * none where the server cannot tell.
     */
    List<SequenceRange> confirmed(LibraryId library, long since) throws RemoteException;

    /** Returns the files whose present content the server has lost parts of, and asks to be sent again. */
    List<NodeId> wanted(LibraryId library) throws RemoteException;

    /** Fetches chunks and hands them over in the order asked for, while they arrive; any number of ids. */
    void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException;

    /**
     * Returns the block signatures of those chunks that the account has stored, so that others can be sent as patches
     * of them; any number of ids. Empty if the server takes no patches.
     */
    Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids) throws RemoteException;

    /**
     * Fetches chunks like {@link #fetch}, but where the device has something like them, they may come as patches.
     *
     * @param wholes takes the chunks that come whole
     * @param patches takes the others
     */
    void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException;

    /** Chunks to send, one after the other. */
    @FunctionalInterface
    interface ChunkStream {
        /** Returns the next chunk, or {@code null} at the end. */
        Outgoing next() throws RemoteException;
    }

    /** A chunk to send; its level is 0 for a piece of content, n for a list of recipe entries at depth n - 1. */
    sealed interface Outgoing {
        /** Returns the level. */
        int level();
    }

    /**
     * A chunk to send as it is.
     *
     * @param chunk its encoded bytes
     * @param level as in {@link Outgoing}
     */
    record Whole(EncodedChunk chunk, int level) implements Outgoing {
    }

    /**
     * A chunk to send as a patch of chunks that the server has.
     *
     * @param patch its difference to them
     * @param level as in {@link Outgoing}
     */
    record Patched(ChunkPatch patch, int level) implements Outgoing {
    }

    /** Takes chunks as they come. */
    @FunctionalInterface
    interface ChunkReceiver {
        /** A chunk has come; its bytes are not verified yet and may be used only during the call. */
        void chunk(EncodedChunk chunk) throws RemoteException;
    }

    /** Takes patches as they come. */
    @FunctionalInterface
    interface PatchReceiver {
        /** A patch has come; it is not verified yet and may be used only during the call. */
        void patch(ChunkPatch patch) throws RemoteException;
    }
}
