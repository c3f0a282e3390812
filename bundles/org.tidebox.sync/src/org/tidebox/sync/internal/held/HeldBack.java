package org.tidebox.sync.internal.held;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.tidebox.rules.Action;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.AskedBatch;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.rules.RulePreview;

/**
 * What the rules hold back. That is found by planning and kept nowhere; what was found held is planned anew when it, what
 * it has to do with, or what decides on it has changed.
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

    /** Begins a walk over all that has to be planned. */
    public Round round() {
        return new Round(worklist, undecided, known, work, () -> view(gate(rules)));
    }

    private Gate gate(FolderRules some) {
        return new Gate(some, choices, last, known, work);
    }

    private StoreView view(Gate gate) {
        return new StoreView(known.trees(), mounts, work.problems(), gate);
    }

    /**
     * A run has ended.
     *
     * @param outcome what it came to
     * @param began when it began to look at everything on the disk; {@code null} if it did not
     * @param sequence up to which the server's changes were known then
     */
    public void record(Outcome outcome, Instant began, long sequence) throws TreeStoreException {
        waiting = outcome.waits();
        TreeStore.Differences all = store.differences();
        if (all.isEmpty()) {
            undecided.beginAll();
            if (!rules.isNone()) {
                worklist.settle(List.of());
            }
        }
        if (all.isEmpty() || waiting) {
            work.progress().held(all.local(), all.remote());
        }
        forgetDoneChoices();
        if (outcome.isQuiet() && !rules.isNone() && !waiting && !work.problems().isAny()) {
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
    private void forgetDoneChoices() throws TreeStoreException {
        boolean maySettled = store.differences().isEmpty() || worklist.wasEverything();
        choices.forgetDone(known.trees(), maySettled ? choices.nodes() : worklist.changed());
        known.trees().discard();
    }
}
