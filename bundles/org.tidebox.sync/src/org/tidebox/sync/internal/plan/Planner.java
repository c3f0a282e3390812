package org.tidebox.sync.internal.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.NodeId;

/** Plans what brings two trees together. A pure function of what it is shown: no clock, no disk, no network. */
public final class Planner {
    private Planner() {
    }

    /**
     * Plans the steps for some nodes, and for others that these depend on. Steps that must wait for the outcome of
     * others are left out; so one plans again after a plan was carried out, until it is empty.
     *
     * @param view the trees
     * @param dirty nodes that differ between the sides
     */
    public static Plan plan(TreeView view, Collection<NodeId> dirty) throws TreeStoreException {
        view.load(dirty);
        Goals goals = new Goals(view);
        for (NodeId id : dirty) {
            goals.of(id);
        }
        goals.breakCycles(dirty);
        Set<NodeId> frozen = new HashSet<>();
        LocalSteps local = new LocalSteps(view, goals, frozen);
        for (NodeId id : dirty) {
            local.plan(id);
        }
        RemoteSteps remote = new RemoteSteps(view, goals, frozen);
        for (NodeId id : dirty) {
            remote.plan(id);
        }
        return new Plan(local.planned, remote.planned, held(goals, dirty));
    }

    private static List<Goal> held(Goals goals, Collection<NodeId> dirty) throws TreeStoreException {
        List<Goal> held = new ArrayList<>();
        for (NodeId id : dirty) {
            Goal goal = goals.of(id);
            if (goal.isHeld()) {
                held.add(goal);
            }
        }
        return held;
    }
}
