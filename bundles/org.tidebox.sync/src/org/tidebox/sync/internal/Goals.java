package org.tidebox.sync.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** The goals of nodes, made to fit together: no live node in a dead folder, no folder inside itself. */
final class Goals {
    private final TreeView view;
    private final Map<NodeId, Goal> goals = new HashMap<>();

    Goals(TreeView view) {
        this.view = view;
    }

    /** Returns the goal of a node. */
    Goal of(NodeId id) throws TreeStoreException {
        Goal goal = goals.get(id);
        if (goal == null) {
            Triple triple = view.triple(id);
            goal = Goal.of(triple);
            goals.put(id, goal);
            if (goal.alive() && triple.isDirty() && !goal.mayBeGone()) {
                keepAlive(goal.place().parent());
                goal = goals.get(id);
            }
        }
        return goal;
    }

    /** A folder that something lives in lives on, although one side deleted it. */
    private void keepAlive(NodeId folder) throws TreeStoreException {
        if (folder.equals(NodeId.ROOT)) {
            return;
        }
        Goal goal = of(folder);
        Triple triple = goal.triple();
        if (!goal.alive() && (triple.isThere() || triple.isHere())) {
            Goal revived = triple.isThere() ? Goal.fromThere(triple) : Goal.fromHere(triple);
            goals.put(folder, revived);
            keepAlive(revived.place().parent());
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
