package org.tidebox.remote;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.wire.Messages.HistoryEntry;

/** How an account's libraries were, as far as the server has kept it. Thread-safe. */
@ProviderType
public interface RemoteHistory {
    /** Returns the states that a node had, newest first. */
    List<HistoryEntry> history(LibraryId library, NodeId node) throws RemoteException;

    /**
     * Returns the nodes that ever had a name in a folder, as far as the history is kept, the last one first; none where
     * the server cannot tell.
     */
    List<NodeId> formerly(LibraryId library, NodeId folder, String name) throws RemoteException;

    /**
     * Returns what lay in some folders as of a sequence, one page.
     *
     * @param folders any number; the page tells how many it covers
     * @param after read on behind this sequence in the first of them; 0 at first, then {@link PastPage#after()}
     */
    PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after) throws RemoteException;

    /** Returns the newest state of each of the nodes that the server knows, deleted or alive; any number of ids. */
    List<HistoryEntry> newest(LibraryId library, Collection<NodeId> ids) throws RemoteException;

    /** Returns nodes that are deleted now, newest first, one page; empty if none was deleted before the sequence. */
    List<HistoryEntry> deleted(LibraryId library, long before) throws RemoteException;

    /** Returns the sequence that a library had reached at a time, by the server's clock. */
    long sequenceAt(LibraryId library, Instant time) throws RemoteException;
}
