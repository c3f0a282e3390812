package org.tidebox.sync.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.tidebox.rules.Action;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.FolderRules;
import org.tidebox.sync.Held;
import org.tidebox.sync.RulePreview;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.TreeUpdate;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Plans with the rules, and knows what they hold back: that is found anew by planning, and kept nowhere. */
public final class HeldBack {
    private static final int WINDOW = 10_000;

    private final Context context;
    private final TreeStore store;
    private volatile FolderRules rules = FolderRules.NONE;
    private boolean holding;

    HeldBack(Context context) {
        this.context = context;
        this.store = context.trees().store();
    }

    /** Lets other rules decide. */
    public void rules(FolderRules newRules) {
        rules = newRules;
    }

    /** Plans for some nodes that differ. */
    Plan plan(List<NodeId> dirty) throws TreeStoreException {
        return plan(dirty, new Gate(rules, context));
    }

    private Plan plan(List<NodeId> dirty, Gate gate) throws TreeStoreException {
        context.paths().forget();
        return Planner.plan(new StoreView(context, gate), dirty);
    }

    /** Returns the first nodes that differ and are not held; and tells how many are. */
    List<NodeId> withoutHeld(int limit) throws TreeStoreException {
        List<NodeId> left = new ArrayList<>();
        long here = 0;
        long there = 0;
        boolean ruled = !rules.isNone();
        NodeId after = null;
        for (List<NodeId> dirty = next(after); !dirty.isEmpty() && left.size() < limit; dirty = next(after)) {
            after = dirty.getLast();
            Set<NodeId> held = new HashSet<>();
            for (Goal goal : ruled ? plan(dirty).held() : List.<Goal>of()) {
                held.add(goal.id());
                here += goal.triple().localChange() == null ? 0 : 1;
                there += goal.triple().remoteChange() == null ? 0 : 1;
            }
            dirty.stream().filter(id -> !held.contains(id)).limit(limit - left.size()).forEach(left::add);
            context.trees().discard();
        }
        context.progress().held(here, there);
        holding = here + there > 0;
        return left;
    }

    /** Returns whether something was held when {@link #withoutHeld} was called last. */
    boolean isHolding() {
        return holding;
    }

    /** Returns all that is held, by path. */
    public List<Held> list() throws TreeStoreException {
        List<Held> all = new ArrayList<>();
        forEach((goal, held) -> all.add(held));
        all.sort(Comparator.comparing(Held::path).thenComparing(Held::direction));
        return all;
    }

    /** Tells what other rules would change. */
    public RulePreview preview(FolderRules other) throws TreeStoreException {
        return new Preview(context, rules, other).count();
    }

    /** Decides on what is held past the rules; returns on what. */
    public List<Held> choose(Predicate<Held> which, boolean transfer) throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        List<Held> chosen = new ArrayList<>();
        forEach((goal, held) -> {
            if (which.test(held)) {
                Choices.choose(update, goal.triple(), target(goal), transfer ? Action.TRANSFER : Action.HOLD);
                chosen.add(held);
            }
        });
        if (!update.isEmpty()) {
            store.write(update);
        }
        chosen.sort(Comparator.comparing(Held::path).thenComparing(Held::direction));
        return chosen;
    }

    /** Forgets choices that were carried out. */
    void forgetDoneChoices() throws TreeStoreException {
        if (!rules.isNone()) {
            new Choices(store).forgetDone(context.trees());
        }
    }

    /** Takes a held entry, with the goal of its node. */
    private interface Taker {
        void take(Goal goal, Held held);
    }

    private void forEach(Taker taker) throws TreeStoreException {
        if (rules.isNone()) {
            return;
        }
        context.trees().discard();
        NodeId after = null;
        for (List<NodeId> dirty = next(after); !dirty.isEmpty(); dirty = next(after)) {
            after = dirty.getLast();
            Gate gate = new Gate(rules, context);
            for (Goal goal : plan(dirty, gate).held()) {
                taker.take(goal, held(goal, gate));
            }
            context.trees().discard();
        }
    }

    private static Held held(Goal goal, Gate gate) throws TreeStoreException {
        Side to = target(goal);
        Triple triple = goal.triple();
        Decision decision = gate.decide(triple, to);
        boolean byRule = decision.action() != Action.TRANSFER;
        return new Held(gate.path(triple, to), to == Side.REMOTE ? Direction.UPLOAD : Direction.DOWNLOAD,
                goal.kind() == NodeKind.FOLDER, size(goal), byRule ? decision.action() : Action.HOLD, decision.rule(),
                byRule ? decision.reason() : "the other side has something of this name or in it that is held");
    }

    /** Returns the bytes of a held content. */
    static long size(Goal goal) {
        if (goal.kind() != NodeKind.FILE) {
            return 0;
        }
        Triple triple = goal.triple();
        return target(goal) == Side.REMOTE ? triple.local().stamp().size() : triple.remote().recipe().size();
    }

    private static Side target(Goal goal) {
        return goal.content() == Goal.Content.HELD_HERE ? Side.REMOTE : Side.LOCAL;
    }

    private List<NodeId> next(NodeId after) throws TreeStoreException {
        return store.dirty(after, WINDOW);
    }
}
