package org.tidebox.sync;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;

/** One account's libraries on a server, as a device sees them. Thread-safe; requests may overlap. */
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

    /** Returns the files whose present content the server has lost parts of, and asks to be sent again. */
    List<NodeId> wanted(LibraryId library) throws RemoteException;

    /** Fetches chunks and hands them over in the order asked for, while they arrive; any number of ids. */
    void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException;

    /** Chunks to send, one after the other. */
    @FunctionalInterface
    interface ChunkStream {
        /** Returns the next chunk, or {@code null} at the end. */
        Outgoing next() throws RemoteException;
    }

    /**
     * A chunk to send.
     *
     * @param chunk its encoded bytes
     * @param level 0 for a piece of content, n for a list of recipe entries at depth n - 1
     */
    record Outgoing(EncodedChunk chunk, int level) {
    }

    /** Takes chunks as they come. */
    @FunctionalInterface
    interface ChunkReceiver {
        /** A chunk has come; its bytes are not verified yet and may be used only during the call. */
        void chunk(EncodedChunk chunk) throws RemoteException;
    }
}
