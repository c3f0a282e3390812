package org.tidebox.sync.internal.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** The goals of nodes, made to fit together: no live node in a dead folder, no folder inside itself. */
final class Goals {
    private final TreeView view;
    private final Map<NodeId, Goal> goals = new HashMap<>();
    /** New here, and without a place on the server as long as something there is held. */
    private final Set<NodeId> nameless = new HashSet<>();

    Goals(TreeView view) {
        this.view = view;
    }

    /** Returns the goal of a node. */
    Goal of(NodeId id) throws TreeStoreException {
        Goal goal = goals.get(id);
        if (goal == null) {
            Triple triple = view.triple(id);
            goal = decided(Goal.of(triple));
            goals.put(id, goal);
            if (goal.alive() && triple.isDirty() && !goal.mayBeGone()) {
                keepAlive(goal.place().parent(), goal.isHeld());
                goal = goals.get(id);
                if (!goal.isHeld()) {
                    release(goal.place().parent());
                }
            }
        }
        return goal;
    }

    /** Asks the rules, where a content would go to another side. */
    private Goal decided(Goal goal) throws TreeStoreException {
        if (!view.isRuled() || !goal.alive() || !goal.triple().isDirty()) {
            return goal;
        }
        return switch (goal.content()) {
            case LOCAL -> view.isHeld(goal.triple(), Side.REMOTE) || isNameHeld(goal) ? goal.heldHere() : goal;
            // What both sides changed stays as it is on both, until the server's may be fetched.
            case REMOTE, CLASH -> view.isHeld(goal.triple(), Side.LOCAL) ? goal.heldThere() : goal;
            default -> goal;
        };
    }

    /** What is new here waits, with all in it, while the server has something else of its name that may not come. */
    private boolean isNameHeld(Goal goal) throws TreeStoreException {
        if (goal.triple().isThere()) {
            return false;
        }
        NodeId parent = goal.place().parent();
        Optional<NodeId> holder = view.at(Side.REMOTE, goal.place()).filter(id -> !id.equals(goal.id()));
        boolean held = holder.isPresent() && isOnlyThere(holder.get());
        if (held && goal.kind() == NodeKind.FOLDER && of(holder.get()).kind() == NodeKind.FOLDER) {
            // Two folders become one, and no content moves.
            release(holder.get());
            held = false;
        }
        if (!held && !parent.equals(NodeId.ROOT)) {
            of(parent);
            held = nameless.contains(parent);
        }
        if (held) {
            nameless.add(goal.id());
        }
        return held;
    }

    private boolean isOnlyThere(NodeId id) throws TreeStoreException {
        return of(id).content() == Goal.Content.HELD_THERE && !view.triple(id).isHere();
    }

    /** A folder that something is transferred into is transferred too. */
    private void release(NodeId folder) throws TreeStoreException {
        if (folder.equals(NodeId.ROOT)) {
            return;
        }
        Goal goal = of(folder);
        if (goal.isHeld()) {
            Goal free = Goal.of(goal.triple());
            goals.put(folder, free.alive() ? free : revived(goal.triple()));
            release(goals.get(folder).place().parent());
        }
    }

    private static Goal revived(Triple triple) {
        return triple.isThere() ? Goal.fromThere(triple) : Goal.fromHere(triple);
    }

    /** A folder that something lives in lives on, although one side deleted it; for what is held, on its own side. */
    private void keepAlive(NodeId folder, boolean held) throws TreeStoreException {
        if (folder.equals(NodeId.ROOT)) {
            return;
        }
        Goal goal = of(folder);
        Triple triple = goal.triple();
        if (!goal.alive() && (triple.isThere() || triple.isHere())) {
            Goal revived = revived(triple);
            if (held) {
                revived = triple.isThere() ? revived.heldThere() : revived.heldHere();
            }
            goals.put(folder, revived);
            keepAlive(revived.place().parent(), held);
        }
    }

    /**
     * Undoes local moves that, together with moves on the server, would put a folder inside itself. The server's tree
     * alone has no cycle, so each cycle holds a local move.
     */
    void breakCycles(Iterable<NodeId> ids) throws TreeStoreException {
        for (NodeId id : ids) {
            Goal goal = of(id);
            if (goal.alive() && goal.triple().isHere() && goal.kind() == NodeKind.FOLDER && goal.placesRemotely()) {
                for (NodeId member : cycle(id)) {
                    undoMove(member);
                }
            }
        }
    }

    private void undoMove(NodeId id) throws TreeStoreException {
        Goal goal = of(id);
        if (goal.triple().isThere() && goal.placesRemotely()) {
            goals.put(id, goal.withRemotePlace());
        }
    }

    private List<NodeId> cycle(NodeId from) throws TreeStoreException {
        List<NodeId> path = new ArrayList<>();
        Set<NodeId> seen = new HashSet<>();
        NodeId at = from;
        while (!at.equals(NodeId.ROOT) && seen.add(at)) {
            path.add(at);
            at = of(at).place().parent();
        }
        return at.equals(NodeId.ROOT) ? List.of() : path.subList(path.indexOf(at), path.size());
    }
}
