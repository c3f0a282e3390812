package org.tidebox.sim.tests;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.session.Session;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.NodeIds;

/** How a device asks the simulated server for the past, with pages of a few nodes. */
record SimPast(TideboxServer server, Session session) implements RemoteHistory {
    private static final int PAGE = 3;

    @Override
    public List<HistoryEntry> history(LibraryId library, NodeId node) throws RemoteException {
        return Link.run(
                () -> server.libraries().history(session, library, node, Long.MAX_VALUE, Integer.MAX_VALUE).versions());
    }

    @Override
    public PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after) throws RemoteException {
        return Link.run(() -> server.history().children(session, library, new FoldersAsOf(asOf, folders, after, PAGE)));
    }

    @Override
    public List<HistoryEntry> newest(LibraryId library, Collection<NodeId> ids) throws RemoteException {
        return Link.run(() -> {
            List<HistoryEntry> found = new ArrayList<>();
            server.history().newest(session, library, new NodeIds(List.copyOf(ids)), found::add);
            return found;
        });
    }

    @Override
    public List<HistoryEntry> deleted(LibraryId library, long before) throws RemoteException {
        return Link.run(() -> server.history().deleted(session, library, before, PAGE).entries());
    }

    @Override
    public List<NodeId> formerly(LibraryId library, NodeId folder, String name) throws RemoteException {
        return Link.run(() -> server.history().formerly(session, library, folder, name).ids());
    }

    @Override
    public long sequenceAt(LibraryId library, Instant time) throws RemoteException {
        return Link.run(() -> server.history().moment(session, library, time).sequence());
    }
}
