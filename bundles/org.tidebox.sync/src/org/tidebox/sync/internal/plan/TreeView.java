package org.tidebox.sync.internal.plan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;

/** What the planner may look at. */
public interface TreeView {
    /** Announces that many nodes will be looked at. */
    void load(Collection<NodeId> ids) throws TreeStoreException;

    /** Returns a node in its three states. */
    Triple triple(NodeId id) throws TreeStoreException;

    /** Returns which node lies at a place of one side. */
    Optional<NodeId> at(Side side, Place place) throws TreeStoreException;

    /** Returns which nodes lie in a folder of one side. */
    List<NodeId> children(Side side, NodeId folder) throws TreeStoreException;

    /** Returns whether a node is to be left alone for now. */
    boolean isResting(NodeId id) throws TreeStoreException;

    /** Returns whether nothing may be changed in a folder of this device for now, nor told of what is in it. */
    default boolean isAway(NodeId folder) throws TreeStoreException {
        return false;
    }

    /** Returns whether there are rules that could hold something. */
    default boolean isRuled() {
        return false;
    }

    /** Returns whether the rules hold the content of a node back from going to a side. */
    default boolean isHeld(Triple triple, Side to) throws TreeStoreException {
        return false;
    }
}
