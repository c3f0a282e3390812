package org.tidebox.sync.internal.held;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.tidebox.rules.Action;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.AskedBatch;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.plan.Goal;
import org.tidebox.sync.internal.plan.Plan;
import org.tidebox.sync.internal.plan.Planner;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.rules.RulePreview;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Plans with the rules, and knows what they hold back. That is found by planning and kept nowhere; what was found held
 * is planned anew when it, what it has to do with, or what decides on it has changed.
 */
public final class HeldBack {
    private final FolderTrees known;
    private final Mounts mounts;
    private final Work work;
    private final TreeStore store;
    private final Worklist worklist;
    private final Choices choices;
    private final LastTransfer last;
    private final Undecided undecided = new Undecided();
    private final AtomicBoolean ruledAnew = new AtomicBoolean();
    private volatile FolderRules rules = FolderRules.NONE;
    private final List<NodeId> left = new ArrayList<>();
    private boolean holding;
    private boolean waiting;

    public HeldBack(FolderTrees known, Mounts mounts, Work work) {
        this.known = known;
        this.mounts = mounts;
        this.work = work;
        this.store = known.trees().store();
        this.worklist = new Worklist(known.trees());
        this.choices = new Choices(store);
        this.last = new LastTransfer(store);
    }

    /** Lets other rules decide. */
    public void rules(FolderRules newRules) {
        rules = newRules;
        ruledAnew.set(true);
    }

    /**
     * A run begins.
     *
     * @param isFull whether it looks at everything on the disk, which takes its time anyway
     */
    public void begin(boolean isFull) throws TreeStoreException {
        boolean timeCounts = isFull && rules.dependsOnTime() || last.isAhead(work.clock().instant());
        if (ruledAnew.getAndSet(false) || rules.isNone() || timeCounts) {
            worklist.everything();
        }
        worklist.begin();
        waiting = false;
    }

    /** All that was known of nodes was forgotten. */
    public void forget() {
        worklist.everything();
        last.forget();
    }

    /**
     * Returns nodes that have to be planned, by rising id.
     *
     * @param after begin behind this one; {@code null} for the first ones
     */
    public List<NodeId> next(NodeId after) throws TreeStoreException {
        List<NodeId> next = worklist.next(after);
        if (after == null) {
            beginSurvey(next);
        }
        return next;
    }

    private void beginSurvey(List<NodeId> first) {
        left.clear();
        holding = false;
        if (worklist.isEverything()) {
            undecided.beginAll();
        } else {
            Set<NodeId> some = new HashSet<>(worklist.changed());
            some.addAll(first);
            undecided.begin(some);
        }
    }

    /** Plans for some nodes that differ. */
    public Plan plan(List<NodeId> dirty) throws TreeStoreException {
        Gate gate = gate(rules);
        known.paths().forget();
        Plan plan = Planner.plan(view(gate), dirty);
        Set<NodeId> held = new HashSet<>();
        for (Goal goal : plan.held()) {
            held.add(goal.id());
            if (goal.kind() != NodeKind.FOLDER) {
                note(goal, gate);
            }
        }
        holding |= !held.isEmpty();
        dirty.stream().filter(id -> !held.contains(id)).limit(Worklist.WINDOW - left.size()).forEach(left::add);
        return plan;
    }

    private Gate gate(FolderRules some) {
        return new Gate(some, choices, last, known, work);
    }

    private StoreView view(Gate gate) {
        return new StoreView(known.trees(), mounts, work.problems(), gate);
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

    /**
     * Returns the first nodes that differ and are not held; and tells how many are, and what to ask the person.
     *
     * @param isPlanned whether all that has to be was planned, and nothing was done since
     */
    public List<NodeId> withoutHeld(boolean isPlanned) throws TreeStoreException {
        if (!isPlanned) {
            List<NodeId> dirty = next(null);
            while (!dirty.isEmpty() && left.size() < Worklist.WINDOW) {
                plan(dirty);
                known.trees().discard();
                dirty = next(dirty.getLast());
            }
        }
        if (left.size() < Worklist.WINDOW) {
            settle();
        }
        return List.copyOf(left);
    }

    /** All that differs but for what is left is held. */
    private void settle() throws TreeStoreException {
        if (rules.isNone()) {
            return;
        }
        worklist.settle(left);
        known.trees().load(left);
        long here = store.differences().local();
        long there = store.differences().remote();
        for (NodeId id : left) {
            Triple triple = known.trees().triple(id);
            here -= triple.localChange() == null ? 0 : 1;
            there -= triple.remoteChange() == null ? 0 : 1;
        }
        work.progress().held(here, there);
        holding = here + there > 0;
    }

    /** Nothing differs any more. */
    public void nothingLeft() throws TreeStoreException {
        beginSurvey(List.of());
        undecided.beginAll();
        work.progress().held(0, 0);
        settle();
    }

    /** Returns whether something was held when {@link #withoutHeld} was called last. */
    public boolean isHolding() {
        return holding;
    }

    /** What is left waits for something that is held. */
    public void leaveWaiting() throws TreeStoreException {
        waiting = !left.isEmpty();
        work.progress().held(store.differences().local(), store.differences().remote());
    }

    /**
     * A run has ended with nothing left to do.
     *
     * @param began when a look at everything on the disk began; {@code null} if there was none
     * @param sequence up to which the server's changes were known then
     */
    public void completed(Instant began, long sequence) throws TreeStoreException {
        if (!rules.isNone() && !waiting && !work.problems().isAny()) {
            last.done(undecided.isNone(Side.REMOTE) ? began : null, undecided.isNone(Side.LOCAL) ? sequence : 0);
        }
    }

    /** Returns what to ask the person since this was called last. */
    public AskedBatch takeAsked() {
        return undecided.take();
    }

    /** Returns all that is held, by path. */
    public List<Held> list() throws TreeStoreException {
        return entries().list();
    }

    /** Tells what other rules would change. */
    public RulePreview preview(FolderRules other) throws TreeStoreException {
        return new Preview(known, some -> view(gate(some)), rules, other).count();
    }

    /** Decides on what is held past the rules; returns on what. */
    public List<Held> choose(Predicate<Held> which, boolean transfer) throws TreeStoreException {
        return entries().choose(which, transfer ? Action.TRANSFER : Action.HOLD, choices, worklist);
    }

    private HeldEntries entries() {
        // Where what was left waits, all that nothing can be done about does: a folder may wait for its file's sake.
        return new HeldEntries(known, () -> view(gate(rules)), id -> waiting);
    }

    /** Forgets choices that were carried out. */
    public void forgetDoneChoices() throws TreeStoreException {
        boolean maySettled = store.differences().isEmpty() || worklist.wasEverything();
        choices.forgetDone(known.trees(), maySettled ? choices.nodes() : worklist.changed());
        known.trees().discard();
    }
}
