package org.tidebox.sync.internal.plan;

import java.util.Optional;
import java.util.Set;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.AttributeRule;
import org.tidebox.sync.internal.trees.IntermediateName;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Plans the steps on the disk. */
final class LocalSteps extends Steps<Operation> {
    LocalSteps(TreeView view, Goals goals, Set<NodeId> frozen) {
        super(view, goals, Side.LOCAL, frozen);
    }

    @Override
    boolean changes(Goal goal) {
        return goal.changesLocal();
    }

    @Override
    boolean places(Goal goal) {
        return goal.placesLocally();
    }

    @Override
    boolean emit(Goal goal) throws TreeStoreException {
        switch (goal.content()) {
            case UNREAD -> {
                return freeze(new Operation.Read(goal.id()));
            }
            case CLASH -> {
                leaveName(goal.id());
                return freeze(new Operation.SetAside(goal.id(), true));
            }
            default -> {
                emitAll(goal);
                return true;
            }
        }
    }

    private void emitAll(Goal goal) throws TreeStoreException {
        boolean here = goal.triple().isHere();
        if (here && !tree.place(goal.id()).equals(Optional.of(goal.place()))) {
            planned.add(new Operation.Move(goal.id(), goal.place()));
        }
        if (!here || goal.content() == Goal.Content.REMOTE) {
            Node node = goal.triple().remote().withPlace(goal.place().parent(), goal.place().name())
                    .withAttributes(goal.attributes());
            planned.add(goal.kind() == NodeKind.FILE ? new Operation.Download(node) : new Operation.Make(node));
        } else if (!AttributeRule.same(goal.kind(), goal.attributes(), goal.triple().local().attributes())) {
            planned.add(new Operation.SetAttributes(goal.id(), goal.attributes()));
        }
    }

    @Override
    void emitIntermediate(NodeId id, Place place) {
        planned.add(new Operation.Move(id, place));
    }

    @Override
    void emitRemoval(Goal goal) {
        planned.add(new Operation.Remove(goal.id()));
    }

    /** Both sides put something at one place: the same thing becomes one node; else the local one gets another name. */
    @Override
    boolean clash(Goal goal, NodeId holder) throws TreeStoreException {
        Triple other = view.triple(holder);
        if (frozen.contains(holder) || view.isResting(holder)) {
            return false;
        }
        if (other.remote() == null && !goal.triple().isHere() && maySame(goal.triple().remote(), other.local())) {
            return unite(goal, other.local());
        }
        tree.remove(holder);
        planned.add(new Operation.SetAside(holder, false));
        frozen.add(holder);
        return true;
    }

    private boolean unite(Goal goal, LocalNode other) {
        frozen.add(other.id());
        frozen.add(goal.id());
        planned.add(other.isRead() ? new Operation.Adopt(other.id(), goal.id()) : new Operation.Read(other.id()));
        return false;
    }

    private static boolean maySame(Node remote, LocalNode local) {
        if (remote.kind() == NodeKind.FILE && local.kind() == NodeKind.FILE && !local.isRead()) {
            return remote.recipe().size() == local.stamp().size();
        }
        return local.sameContent(remote);
    }

    /** What is set aside stays in its folder, which therefore cannot go, but its name is free. */
    private void leaveName(NodeId id) throws TreeStoreException {
        Optional<Place> place = tree.place(id);
        if (place.isPresent()) {
            tree.put(id, new Place(place.get().parent(), IntermediateName.of(id)));
        }
    }

    private boolean freeze(Operation operation) {
        planned.add(operation);
        frozen.add(operation.id());
        return false;
    }
}
