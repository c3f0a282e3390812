package org.tidebox.sync.derby;

import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.derby.TreeTable.Growth;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * A node's rows in the three tables; {@code null} where it has none.
 *
 * @param synced as agreed on
 * @param local the local difference
 * @param remote the remote difference
 */
record NodeStates(SyncedNode synced, LocalNode local, Node remote) {
    /** A node that nobody knows. */
    static final NodeStates NONE = new NodeStates(null, null, null);

    /** Returns the states after an update. */
    NodeStates after(NodeId id, TreeUpdate update) {
        return new NodeStates(next(id, update.synced(), synced), next(id, update.local(), local),
                next(id, update.remote(), remote));
    }

    private static <T> T next(NodeId id, Map<NodeId, Optional<T>> changes, T before) {
        Optional<T> change = changes.get(id);
        return change == null ? before : change.orElse(null);
    }

    /** Returns the node as it is on the disk, possibly as a deleted one; {@code null} if it never was there. */
    LocalNode here() {
        return local != null ? local : synced != null ? LocalNode.of(synced) : null;
    }

    /** Returns the node as it is on the server, likewise. */
    Node there() {
        return remote != null ? remote : synced != null ? synced.node() : null;
    }

    /** Returns how many rows there are of each kind. */
    TreeState countInto(TreeState state, int sign) {
        return state.grown(new Growth(synced == null ? 0 : sign, 0),
                new Growth(local == null ? 0 : sign, local != null && local.deleted() ? sign : 0),
                new Growth(remote == null ? 0 : sign, remote != null && remote.deleted() ? sign : 0));
    }
}
