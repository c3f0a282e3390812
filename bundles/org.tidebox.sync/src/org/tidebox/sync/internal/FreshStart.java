package org.tidebox.sync.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.internal.held.LastTransfer;
import org.tidebox.sync.internal.pull.SentContents;
import org.tidebox.sync.internal.trees.JournalPosition;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * What to do about a server that was set back to an older state, from a backup for instance. What this device agreed on
 * with it is worth nothing then: a file that the server lacks may be one that was deleted or one that it forgot. So the
 * folder stops and asks; if the user wants to go on, it forgets the agreement and begins as a folder that just joined:
 * equal files become one, different ones are both kept, and what either side lacks it gets.
 */
public final class FreshStart {
    /** The fact that it is needed. */
    static final String FACT = "set-back";
    private static final int BATCH = 2_000;

    private final TreeStore store;

    public FreshStart(TreeStore store) {
        this.store = store;
    }

    /** Remembers, also after a restart, that the server was found set back. */
    public void isNeeded(RemoteException found) throws TreeStoreException {
        store.write(new TreeUpdate().fact(FACT, found.getMessage()));
    }

    /** Returns why a fresh start is needed; empty if it is not. */
    public Optional<String> reason() throws TreeStoreException {
        return store.fact(FACT);
    }

    /** Forgets all nodes. After a crash in the middle it is still needed, and goes on where it was. */
    public void begin() throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        for (NodeId id : nodes()) {
            update.synced(id, null).local(id, null).remote(id, null);
            if (update.size() >= BATCH) {
                store.write(update);
                update = new TreeUpdate();
            }
        }
        store.write(update.cursor(0).fact(SentContents.FACT, null).fact(JournalPosition.FACT, null).fact(FACT, null)
                .fact(LastTransfer.UP, null).fact(LastTransfer.DOWN, null));
    }

    /** Returns all nodes that are known, children before their folders so that none is left behind. */
    private List<NodeId> nodes() throws TreeStoreException {
        List<NodeId> nodes = new ArrayList<>();
        Deque<NodeId> folders = new ArrayDeque<>(List.of(NodeId.ROOT));
        List<NodeId> dirty;
        NodeId after = null;
        do {
            dirty = store.dirty(after, BATCH);
            nodes.addAll(dirty);
            // What lies in a folder that is gone here is not found from the root.
            store.local(dirty).values().stream().filter(LocalNode::deleted)
                    .filter(node -> node.kind() == NodeKind.FOLDER).map(LocalNode::id).forEach(folders::add);
            after = dirty.isEmpty() ? after : dirty.getLast();
        } while (!dirty.isEmpty());
        while (!folders.isEmpty()) {
            for (LocalNode node : store.children(folders.poll())) {
                nodes.add(node.id());
                if (node.kind() == NodeKind.FOLDER) {
                    folders.add(node.id());
                }
            }
        }
        Collections.reverse(nodes);
        return nodes;
    }
}
