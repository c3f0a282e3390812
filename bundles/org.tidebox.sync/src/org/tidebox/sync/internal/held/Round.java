package org.tidebox.sync.internal.held;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tidebox.rules.Action;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.plan.Goal;
import org.tidebox.sync.internal.plan.Plan;
import org.tidebox.sync.internal.plan.Planner;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * One walk over all nodes that have to be planned, some thousands at a time. Where nothing was carried out on the way,
 * or in the rest of it, it tells what is left. Not thread-safe.
 */
public final class Round {
    private final Worklist worklist;
    private final Undecided undecided;
    private final FolderTrees known;
    private final Work work;
    private final Supplier<StoreView> views;
    private final List<NodeId> left = new ArrayList<>();
    private NodeId after;
    private boolean holding;
    private boolean isOver;

    Round(Worklist worklist, Undecided undecided, FolderTrees known, Work work, Supplier<StoreView> views) {
        this.worklist = worklist;
        this.undecided = undecided;
        this.known = known;
        this.work = work;
        this.views = views;
    }

    /** Plans for the next nodes; empty at the end. */
    public Optional<Plan> next() throws TreeStoreException {
        if (isOver) {
            return Optional.empty();
        }
        List<NodeId> dirty = worklist.next(after);
        if (after == null) {
            begin(dirty);
        }
        if (dirty.isEmpty()) {
            isOver = true;
            return Optional.empty();
        }
        after = dirty.getLast();
        Plan plan = plan(dirty);
        known.trees().discard();
        return Optional.of(plan);
    }

    private void begin(List<NodeId> first) {
        if (worklist.isEverything()) {
            undecided.beginAll();
        } else {
            Set<NodeId> some = new HashSet<>(worklist.changed());
            some.addAll(first);
            undecided.begin(some);
        }
    }

    private Plan plan(List<NodeId> dirty) throws TreeStoreException {
        StoreView view = views.get();
        known.paths().forget();
        Plan plan = Planner.plan(view, dirty);
        Set<NodeId> held = new HashSet<>();
        for (Goal goal : plan.held()) {
            held.add(goal.id());
            if (goal.kind() != NodeKind.FOLDER) {
                note(goal, view.gate());
            }
        }
        holding |= !held.isEmpty();
        dirty.stream().filter(id -> !held.contains(id)).limit(Worklist.WINDOW - left.size()).forEach(left::add);
        return plan;
    }

    private void note(Goal goal, Gate gate) throws TreeStoreException {
        Side to = HeldEntries.target(goal);
        Action action = gate.decide(goal.triple(), to).action();
        if (action == Action.ASK) {
            undecided.ask(goal, to);
        } else if (action == Action.TRANSFER) {
            undecided.await(goal.id(), to);
        }
        if (to == Side.LOCAL && goal.triple().isHere() && goal.triple().localChange() != null) {
            undecided.await(goal.id(), Side.REMOTE);
        }
    }

    /** Returns what is left; plans the rest for that. From now on only that, and what changes, has to be planned. */
    public Survey survey() throws TreeStoreException {
        boolean goesOn = true;
        while (goesOn && left.size() < Worklist.WINDOW) {
            goesOn = next().isPresent();
        }
        if (left.size() >= Worklist.WINDOW || views.get().gate().isOpen()) {
            return new Survey(left, holding);
        }
        worklist.settle(left);
        return new Survey(left, isAnyHeld());
    }

    /** All that differs but for what is left is held. */
    private boolean isAnyHeld() throws TreeStoreException {
        known.trees().load(left);
        TreeStore.Differences all = known.trees().store().differences();
        long here = all.local();
        long there = all.remote();
        for (NodeId id : left) {
            Triple triple = known.trees().triple(id);
            here -= triple.localChange() == null ? 0 : 1;
            there -= triple.remoteChange() == null ? 0 : 1;
        }
        work.progress().held(here, there);
        return here + there > 0;
    }
}
