package org.tidebox.sync.internal.plan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Plans what a store has to do, as the engine does without rules, for tests that look at the time it takes. */
public final class StorePlanner {
    private StorePlanner() {
    }

    /** Plans the steps for at most some nodes that differ. */
    public static Plan plan(TreeStore store, int most) throws TreeStoreException {
        return Planner.plan(new View(store, new Trees(store)), store.dirty(null, most));
    }

    private record View(TreeStore store, Trees trees) implements TreeView {
        @Override
        public void load(Collection<NodeId> ids) throws TreeStoreException {
            trees.load(ids);
        }

        @Override
        public Triple triple(NodeId id) throws TreeStoreException {
            return trees.triple(id);
        }

        @Override
        public Optional<NodeId> at(Side side, Place place) throws TreeStoreException {
            return side == Side.LOCAL
                    ? store.childNamed(place.parent(), place.name()).map(LocalNode::id)
                    : store.remoteChildNamed(place.parent(), place.name()).map(Node::id);
        }

        @Override
        public List<NodeId> children(Side side, NodeId folder) throws TreeStoreException {
            return side == Side.LOCAL
                    ? store.children(folder).stream().map(LocalNode::id).toList()
                    : store.remoteChildren(folder).stream().map(Node::id).toList();
        }

        @Override
        public boolean isResting(NodeId id) {
            return false;
        }
    }
}
