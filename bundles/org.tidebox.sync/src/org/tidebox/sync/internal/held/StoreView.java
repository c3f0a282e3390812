package org.tidebox.sync.internal.held;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.plan.TreeView;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Shows the planner the trees of a folder. All changes must have been flushed. */
final class StoreView implements TreeView {
    private final Trees trees;
    private final Problems problems;
    private final Gate gate;
    private final Mounts mounts;

    StoreView(Trees trees, Mounts mounts, Problems problems, Gate gate) {
        this.trees = trees;
        this.problems = problems;
        this.gate = gate;
        this.mounts = mounts;
    }

    /** Returns what decides in it. */
    Gate gate() {
        return gate;
    }

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
                ? trees.store().childNamed(place.parent(), place.name()).map(LocalNode::id)
                : trees.store().remoteChildNamed(place.parent(), place.name()).map(Node::id);
    }

    @Override
    public List<NodeId> children(Side side, NodeId folder) throws TreeStoreException {
        return side == Side.LOCAL
                ? trees.store().children(folder).stream().map(LocalNode::id).toList()
                : trees.store().remoteChildren(folder).stream().map(Node::id).toList();
    }

    @Override
    public boolean isResting(NodeId id) throws TreeStoreException {
        return problems.isResting(id) || isAway(id);
    }

    @Override
    public boolean isAway(NodeId folder) throws TreeStoreException {
        return mounts.isAway(folder);
    }

    @Override
    public boolean isRuled() {
        return !gate.isOpen();
    }

    @Override
    public boolean isHeld(Triple triple, Side to) throws TreeStoreException {
        return gate.isHeld(triple, to);
    }
}
