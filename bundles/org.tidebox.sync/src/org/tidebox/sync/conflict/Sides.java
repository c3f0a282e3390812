package org.tidebox.sync.conflict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** The two sides of a conflict, as this device and the server both know them. */
final class Sides {
    private final TreeStore trees;
    private final Conflict conflict;
    private final Node copy;
    private final Node original;

    /** Looks at both; what is not the same here and on the server is refused. */
    Sides(TreeStore trees, Conflict conflict) throws TreeStoreException, ConflictException {
        this.trees = trees;
        this.conflict = conflict;
        this.copy = settled(List.of(conflict.copy().id()), conflict.path()).getFirst();
        this.original = conflict.original() == null
                ? null
                : settled(List.of(conflict.original().id()), conflict.originalPath()).getFirst();
    }

    Conflict conflict() {
        return conflict;
    }

    Node copy() {
        return copy;
    }

    /** Returns the one in place, or {@code null} if it is gone. */
    Node original() {
        return original;
    }

    /** Returns what deletes a node with all that it holds, the deepest first. */
    List<Changes.Step> deletion(Node top, String path) throws TreeStoreException, ConflictException {
        List<Node> nodes = new ArrayList<>(List.of(top));
        List<Node> level = List.of(top);
        while (!level.isEmpty()) {
            Set<NodeId> inside = new LinkedHashSet<>();
            for (Node folder : level) {
                if (folder.kind() == NodeKind.FOLDER) {
                    trees.remoteChildren(folder.id()).forEach(child -> inside.add(child.id()));
                    trees.children(folder.id()).forEach(child -> inside.add(child.id()));
                }
            }
            level = settled(inside, path);
            nodes.addAll(level);
        }
        return nodes.reversed().stream().map(node -> new Changes.Step(node, node.withDeleted(true))).toList();
    }

    private List<Node> settled(Collection<NodeId> ids, String path) throws TreeStoreException, ConflictException {
        List<Node> nodes = trees.synced(ids).values().stream().map(SyncedNode::node).toList();
        if (nodes.size() < ids.size() || !trees.local(ids).isEmpty() || !trees.remote(ids).isEmpty()) {
            throw new ConflictException(new Obstacle.NotSynchronisedYet(path), false);
        }
        return nodes;
    }
}
