package org.tidebox.sync.internal.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.IntermediateName;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Puts the steps of one side in an order in which each of them is possible: a folder before what goes into it, a place
 * made free before it is taken, a folder emptied before it goes. A ring of nodes that wait for each other's names is
 * broken by an intermediate name.
 *
 * @param <O> the kind of step
 */
public abstract class Steps<O extends Operation> {
    /** How far the planning of a node is. */
    enum Mark {
        /** Its turn came, and others go first. */
        BUSY,
        /** All planned that needs to be. */
        DONE
    }

    final TreeView view;
    final Goals goals;
    final SimulatedTree tree;
    final Set<NodeId> frozen;
    final List<O> planned = new ArrayList<>();
    private final Map<NodeId, Mark> marks = new HashMap<>();

    Steps(TreeView view, Goals goals, Side side, Set<NodeId> frozen) {
        this.view = view;
        this.goals = goals;
        this.tree = new SimulatedTree(view, side);
        this.frozen = frozen;
    }

    /** Plans the steps of a node and of those that must go first. Without effect if something stands in the way. */
    final void plan(NodeId id) throws TreeStoreException {
        if (marks.containsKey(id) || frozen.contains(id) || view.isResting(id)) {
            return;
        }
        Goal goal = goals.of(id);
        if (view.isAway(goal.place().parent())) {
            return;
        }
        marks.put(id, Mark.BUSY);
        boolean done = !changes(goal) || (goal.alive() ? arrange(goal) : remove(goal));
        // What was in the way may be gone when somebody asks again.
        if (done) {
            marks.put(id, Mark.DONE);
        } else {
            marks.remove(id);
        }
    }

    abstract boolean changes(Goal goal);

    abstract boolean places(Goal goal);

    /** A node that will stay is at the place that this one should get. Returns whether the place is free now. */
    abstract boolean clash(Goal goal, NodeId holder) throws TreeStoreException;

    abstract boolean emit(Goal goal) throws TreeStoreException;

    abstract void emitIntermediate(NodeId id, Place place) throws TreeStoreException;

    abstract void emitRemoval(Goal goal) throws TreeStoreException;

    private boolean arrange(Goal goal) throws TreeStoreException {
        if (places(goal) && !(parentIsReady(goal) && placeIsFree(goal))) {
            return false;
        }
        if (frozen.contains(goal.id()) || !emit(goal)) {
            return false;
        }
        tree.put(goal.id(), goal.place());
        return true;
    }

    private boolean parentIsReady(Goal goal) throws TreeStoreException {
        NodeId parent = goal.place().parent();
        if (!tree.isFolder(parent)) {
            plan(parent);
        }
        if (goal.kind() == NodeKind.FOLDER) {
            for (NodeId at = parent; tree.isInside(parent, goal.id()) && !at.equals(goal.id())
                    && !at.equals(NodeId.ROOT);) {
                Optional<Place> place = tree.place(at);
                plan(at);
                at = place.orElseThrow().parent();
            }
        }
        return tree.isFolder(parent) && !tree.isInside(parent, goal.id());
    }

    private boolean placeIsFree(Goal goal) throws TreeStoreException {
        Optional<NodeId> holder = holder(goal);
        if (holder.isPresent()) {
            plan(holder.get());
            holder = holder(goal);
        }
        if (holder.isEmpty()) {
            return true;
        }
        NodeId other = holder.get();
        Goal wanted = goals.of(other);
        boolean stays = wanted.alive() && wanted.place().equals(goal.place());
        if (stays) {
            return clash(goal, other);
        }
        if (marks.get(other) == Mark.BUSY && wanted.alive()) {
            stepAside(other, goal.place().parent());
            return true;
        }
        return false;
    }

    private void stepAside(NodeId id, NodeId folder) throws TreeStoreException {
        String name = IntermediateName.of(id);
        Place aside = new Place(folder, name);
        // Somebody may have saved a file under this name at the moment when another device had it, so it stayed.
        // Or this is the very name that is wanted: a device stopped right then, and people went on with it.
        for (int attempt = 2; tree.at(aside).isPresent(); attempt++) {
            aside = new Place(folder, name + "-" + attempt);
        }
        emitIntermediate(id, aside);
        tree.put(id, aside);
    }

    private Optional<NodeId> holder(Goal goal) throws TreeStoreException {
        return tree.at(goal.place()).filter(id -> !id.equals(goal.id()));
    }

    private boolean remove(Goal goal) throws TreeStoreException {
        if (goal.kind() == NodeKind.FOLDER) {
            for (NodeId child : tree.snapshot(goal.id())) {
                plan(child);
                // It may wait for the very place that becomes free when this folder goes.
                if (marks.get(child) == Mark.BUSY && goals.of(child).alive()
                        && tree.children(goal.id()).contains(child)) {
                    stepAside(child, NodeId.ROOT);
                }
            }
            if (!tree.children(goal.id()).isEmpty()) {
                return false;
            }
        }
        emitRemoval(goal);
        tree.remove(goal.id());
        return true;
    }
}
