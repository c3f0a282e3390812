package org.tidebox.sync.internal.plan;

import java.util.List;
import java.util.Set;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/** Plans the steps on the server. */
final class RemoteSteps extends Steps<Operation.Upload> {
    /** Stands in for the recipe of a file that is still to be read. */
    private static final Recipe UNREAD = new Recipe("unread", 0, List.of());

    RemoteSteps(TreeView view, Goals goals, Set<NodeId> frozen) {
        super(view, goals, Side.REMOTE, frozen);
    }

    @Override
    boolean changes(Goal goal) {
        return goal.changesRemote();
    }

    @Override
    boolean places(Goal goal) {
        return goal.placesRemotely();
    }

    /** Nothing can be done from this side: the local steps give one of the two another name. */
    @Override
    boolean clash(Goal goal, NodeId holder) {
        return false;
    }

    @Override
    boolean emit(Goal goal) {
        if (goal.content() == Goal.Content.CLASH || goal.content() == Goal.Content.UNREAD) {
            return false;
        }
        boolean ours = goal.content() == Goal.Content.LOCAL;
        planned.add(new Operation.Upload(ours ? ours(goal) : theirs(goal), base(goal.triple()),
                ours && goal.kind() == NodeKind.FILE));
        return true;
    }

    @Override
    void emitIntermediate(NodeId id, Place place) throws TreeStoreException {
        Triple triple = view.triple(id);
        planned.add(new Operation.Upload(triple.remote().withPlace(place.parent(), place.name()), base(triple), false));
        // The server's next sequence for it is not known before the answer, so its final place has to wait for the next
        // plan.
        frozen.add(id);
    }

    @Override
    void emitRemoval(Goal goal) {
        planned.add(new Operation.Upload(goal.triple().remote().withDeleted(true), base(goal.triple()), false));
    }

    private static Node ours(Goal goal) {
        LocalNode local = goal.triple().local();
        Recipe recipe = goal.kind() != NodeKind.FILE ? null : local.recipe() != null ? local.recipe() : UNREAD;
        return new Node(goal.id(), 0, goal.place().parent(), goal.place().name(), local.kind(), goal.attributes(),
                recipe,
                local.target(), false);
    }

    private static Node theirs(Goal goal) {
        Node moved = goal.triple().remote().withPlace(goal.place().parent(), goal.place().name());
        // What a held content has is not told without it.
        return goal.isHeld() ? moved : moved.withAttributes(goal.attributes());
    }

    private static long base(Triple triple) {
        return triple.remote() == null ? 0 : triple.remote().sequence();
    }
}
