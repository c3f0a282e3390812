package org.tidebox.sync.internal.held;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tidebox.rules.Action;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.plan.Goal;
import org.tidebox.sync.internal.plan.Planner;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.RulePreview;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Counts what other rules would change: by planning with both, and by deciding with both on what is the same on both sides. */
final class Preview {
    private final FolderTrees known;
    private final TreeStore store;
    private final Function<FolderRules, StoreView> views;
    private final FolderRules now;
    private final FolderRules then;
    private long startFiles;
    private long startBytes;
    private long stopFiles;
    private long stopBytes;

    Preview(FolderTrees known, Function<FolderRules, StoreView> views, FolderRules now, FolderRules then) {
        this.known = known;
        this.views = views;
        this.store = known.trees().store();
        this.now = now;
        this.then = then;
    }

    RulePreview count() throws TreeStoreException {
        known.trees().discard();
        for (List<NodeId> dirty = store.dirty(null, Worklist.WINDOW); !dirty.isEmpty(); dirty = store.dirty(
                dirty.getLast(),
                Worklist.WINDOW)) {
            different(dirty);
            known.trees().discard();
        }
        same();
        known.trees().discard();
        return new RulePreview(startFiles, startBytes, stopFiles, stopBytes);
    }

    private void different(List<NodeId> dirty) throws TreeStoreException {
        Map<NodeId, Goal> held = held(dirty, now);
        Map<NodeId, Goal> wouldBe = held(dirty, then);
        Set<NodeId> both = new HashSet<>(held.keySet());
        both.retainAll(wouldBe.keySet());
        held.keySet().removeAll(both);
        wouldBe.keySet().removeAll(both);
        held.values().forEach(this::starts);
        wouldBe.values().forEach(this::stops);
    }

    private Map<NodeId, Goal> held(List<NodeId> dirty, FolderRules rules) throws TreeStoreException {
        Map<NodeId, Goal> held = new HashMap<>();
        known.paths().forget();
        for (Goal goal : Planner.plan(views.apply(rules), dirty).held()) {
            if (goal.kind() == NodeKind.FILE) {
                held.put(goal.id(), goal);
            }
        }
        return held;
    }

    private void starts(Goal goal) {
        startFiles++;
        startBytes += HeldEntries.size(goal);
    }

    private void stops(Goal goal) {
        stopFiles++;
        stopBytes += HeldEntries.size(goal);
    }

    /** What both sides have keeps what it is, but its next version may be held. */
    private void same() throws TreeStoreException {
        Gate before = views.apply(now).gate();
        Gate after = views.apply(then).gate();
        Deque<NodeId> folders = new ArrayDeque<>(List.of(NodeId.ROOT));
        while (!folders.isEmpty()) {
            List<LocalNode> children = store.children(folders.pop());
            known.trees().load(children.stream().map(LocalNode::id).toList());
            for (LocalNode child : children) {
                Triple triple = known.trees().triple(child.id());
                if (child.kind() == NodeKind.FOLDER) {
                    folders.push(child.id());
                } else if (child.kind() == NodeKind.FILE && !triple.isDirty() && isHeldAnew(triple, before, after)) {
                    stopFiles++;
                    stopBytes += child.stamp().size();
                }
            }
        }
    }

    private static boolean isHeldAnew(Triple triple, Gate before, Gate after) throws TreeStoreException {
        for (Side to : Side.values()) {
            if (isHeld(after, triple, to) && !isHeld(before, triple, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeld(Gate gate, Triple triple, Side to) throws TreeStoreException {
        return gate.byRules(triple, to).action() != Action.TRANSFER;
    }
}
