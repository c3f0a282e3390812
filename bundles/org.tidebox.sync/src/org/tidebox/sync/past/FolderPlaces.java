package org.tidebox.sync.past;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Where live nodes are on the server, as far as this device has heard. Remembers what it found. Not thread-safe. */
final class FolderPlaces {
    /** Stands for a folder that nobody remembers. */
    private static final String UNKNOWN = "…/";

    private final TreeStore trees;
    private final Map<NodeId, String> known = new HashMap<>();

    FolderPlaces(TreeStore trees) {
        this.trees = trees;
        known.put(NodeId.ROOT, "");
    }

    /** Returns the path of something in a folder. */
    String resolve(NodeId folder, String path) throws TreeStoreException {
        return prefix(folder, 0) + path;
    }

    /** Returns a node as it is on the server, or {@code null} if it is not alive there or not known here. */
    Node live(NodeId id) throws TreeStoreException {
        Node changed = trees.remote(List.of(id)).get(id);
        if (changed != null) {
            return changed.deleted() ? null : changed;
        }
        SyncedNode synced = trees.synced(List.of(id)).get(id);
        return synced == null ? null : synced.node();
    }

    private String prefix(NodeId folder, int depth) throws TreeStoreException {
        String found = known.get(folder);
        if (found == null) {
            Node node = depth > MOST ? null : live(folder);
            found = node == null ? UNKNOWN : prefix(node.parent(), depth + 1) + node.name() + "/";
            known.put(folder, found);
        }
        return found;
    }

    /** Deeper than any path; the server lets no cycle in, but a bad one might. */
    private static final int MOST = 4_096;
}
