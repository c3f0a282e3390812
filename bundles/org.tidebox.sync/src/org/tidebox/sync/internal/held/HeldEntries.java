package org.tidebox.sync.internal.held;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tidebox.rules.Action;
import org.tidebox.rules.Decision;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.internal.plan.Goal;
import org.tidebox.sync.internal.plan.Plan;
import org.tidebox.sync.internal.plan.Planner;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.sync.rules.Held;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * What is held, as people see it: found by planning for all that differs.
 *
 * @param known the folder
 * @param views makes what one plan sees, and what decides in it
 * @param waiting tells which nodes wait for something that is held, although they are not
 */
record HeldEntries(FolderTrees known, Supplier<StoreView> views, Predicate<NodeId> waiting) {
    /** Takes an entry, with the goal of its node. */
    @FunctionalInterface
    private interface Taker {
        void take(Goal goal, Held held) throws TreeStoreException;
    }

    List<Held> list() throws TreeStoreException {
        List<Held> all = new ArrayList<>();
        forEach((goal, held) -> all.add(held));
        return sorted(all);
    }

    /** Notes a choice for entries; those that wait for others are none to choose. */
    List<Held> choose(Predicate<Held> which, Action action, Choices choices, Worklist worklist)
            throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        List<Held> chosen = new ArrayList<>();
        forEach((goal, held) -> {
            if (held.rule() != Decision.WAITS && which.test(held)) {
                choices.choose(update, goal.triple(), target(goal), action);
                worklist.touch(goal.triple());
                chosen.add(held);
            }
        });
        if (!update.isEmpty()) {
            known.trees().store().write(update);
        }
        return sorted(chosen);
    }

    private static List<Held> sorted(List<Held> entries) {
        entries.sort(Comparator.comparing(Held::path).thenComparing(Held::direction));
        return entries;
    }

    private void forEach(Taker taker) throws TreeStoreException {
        if (views.get().gate().isOpen()) {
            return;
        }
        known.trees().discard();
        NodeId after = null;
        for (List<NodeId> dirty = next(after); !dirty.isEmpty(); dirty = next(after)) {
            after = dirty.getLast();
            StoreView view = views.get();
            Gate gate = view.gate();
            known.paths().forget();
            Plan plan = Planner.plan(view, dirty);
            for (Goal goal : plan.held()) {
                taker.take(goal, held(goal, gate));
            }
            for (Goal goal : waiting(dirty, plan)) {
                taker.take(goal, waits(goal, goal.changesRemote() ? Side.REMOTE : Side.LOCAL, gate));
            }
            known.trees().discard();
        }
    }

    private List<NodeId> next(NodeId after) throws TreeStoreException {
        return known.trees().store().dirty(after, Worklist.WINDOW);
    }

    private List<Goal> waiting(List<NodeId> dirty, Plan plan) throws TreeStoreException {
        Set<NodeId> others = new HashSet<>();
        plan.held().forEach(goal -> others.add(goal.id()));
        plan.local().forEach(operation -> others.add(operation.id()));
        plan.uploads().forEach(operation -> others.add(operation.id()));
        List<Goal> waits = new ArrayList<>();
        for (NodeId id : dirty) {
            if (waiting.test(id) && !others.contains(id)) {
                waits.add(Goal.of(known.trees().triple(id)));
            }
        }
        return waits;
    }

    private Held held(Goal goal, Gate gate) throws TreeStoreException {
        Side to = target(goal);
        Decision decision = gate.decide(goal.triple(), to);
        if (decision.action() == Action.TRANSFER) {
            return waits(goal, to, gate);
        }
        return new Held(gate.path(goal.triple(), to), Gate.direction(to), goal.kind() == NodeKind.FOLDER, size(goal),
                decision.action(), decision.rule(), decision.reason());
    }

    private Held waits(Goal goal, Side to, Gate gate) throws TreeStoreException {
        Triple triple = goal.triple();
        Side from = to == Side.REMOTE && triple.local() != null || triple.remote() == null ? Side.REMOTE : Side.LOCAL;
        Optional<Triple> holder = holder(goal);
        String reason = holder.isPresent()
                ? "it waits for '" + gate.path(holder.get(), Side.LOCAL) + "' on the server, which is held"
                : goal.kind() == NodeKind.FOLDER
                        ? "it stays because of what is held in it"
                        : "it waits for something else that is held";
        return new Held(gate.path(triple, from), Gate.direction(to), goal.kind() == NodeKind.FOLDER, size(goal, to),
                Action.HOLD, Decision.WAITS, reason);
    }

    /** Returns what has the place on the server that a node, or a new folder that it lies in, should get. */
    private Optional<Triple> holder(Goal goal) throws TreeStoreException {
        Place place = goal.place();
        NodeId id = goal.id();
        while (true) {
            Optional<Node> other = known.trees().store().remoteChildNamed(place.parent(), place.name());
            if (other.isPresent() && !other.get().id().equals(id)) {
                return Optional.of(known.trees().triple(other.get().id()));
            }
            id = place.parent();
            Triple folder = known.trees().triple(id);
            if (id.equals(NodeId.ROOT) || folder.isThere() || folder.local() == null) {
                return Optional.empty();
            }
            place = new Place(folder.local().parent(), folder.local().name());
        }
    }

    /** Returns the bytes of a held content. */
    static long size(Goal goal) {
        return size(goal, target(goal));
    }

    private static long size(Goal goal, Side to) {
        Triple triple = goal.triple();
        if (goal.kind() != NodeKind.FILE) {
            return 0;
        }
        return to == Side.REMOTE && triple.local() != null
                ? triple.local().stamp().size()
                : triple.remote().recipe().size();
    }

    /** Returns which side a held content would go to. */
    static Side target(Goal goal) {
        return goal.content() == Goal.Content.HELD_HERE ? Side.REMOTE : Side.LOCAL;
    }
}
