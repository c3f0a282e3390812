package org.tidebox.sync.past;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.upload.CommitSender;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.wire.Limits;

/** Tells the server wishes until each has come true or cannot. Not thread-safe. */
final class Wishes {
    /** So often a node that somebody else is changing right now is tried again. */
    private static final int MOST_ATTEMPTS = 5;
    private static final int MOST_NAMES = 20;

    private final CommitSender sender;
    private final String mark;
    private final RestoreTally tally;
    private final Map<NodeId, NodeId> stands = new HashMap<>();
    private final List<Wish> stale = new ArrayList<>();
    private final List<Wish> waiting = new ArrayList<>();

    Wishes(CommitSender sender, String mark, RestoreTally tally) {
        this.sender = sender;
        this.mark = mark;
        this.tally = tally;
    }

    /** Lets a folder stand for one that does not come back itself. */
    void standIn(NodeId folder, NodeId by) {
        stands.put(folder, by);
    }

    boolean hasStandIn(NodeId folder) {
        return stands.containsKey(folder);
    }

    /** Tells some at once; what is in the way of each other waits. */
    void make(List<Wish> all) throws RemoteException, TreeStoreException {
        List<Wish> some = all.stream().filter(wish -> !wish.isTrue(stands)).toList();
        tally.unchanged(all.size() - some.size());
        send(some);
        // Of what was deleted the server has just told the newest state; so little has to be remembered.
        List<Wish> known = List.copyOf(stale);
        stale.clear();
        send(known);
    }

    /** First lets those that are in each other's way move on; then gives up on the names that stay taken. */
    void settle() throws RemoteException, TreeStoreException {
        rounds();
        for (int name = 1; name <= MOST_NAMES && waiting.stream().anyMatch(wish -> wish.holder() != null); name++) {
            waiting.removeIf(this::isThere);
            for (Wish wish : waiting) {
                wish.tryName(wish.holder() == null ? wish.names() : name);
            }
            rounds();
        }
    }

    /** What still waits does not come true. */
    void giveUp() {
        waiting.forEach(wish -> tally.failed(wish, wish.holder() == null
                ? new Obstacle.FolderNotBack()
                : new Obstacle.NameTaken(wish.holder().name())));
        waiting.clear();
    }

    /** A folder that is there again takes in what was in this one, and an equal file stands for it. */
    private boolean isThere(Wish wish) {
        if (wish.holder() == null || wish.names() > 0) {
            return false;
        }
        boolean folders = wish.then().kind() == NodeKind.FOLDER && wish.holder().kind() == NodeKind.FOLDER;
        boolean there = folders || wish.then().kind() != NodeKind.FOLDER && wish.holder().sameContent(wish.then());
        if (folders) {
            stands.put(wish.then().id(), wish.holder().id());
        }
        if (there) {
            tally.unchanged(1);
        }
        return there;
    }

    private void rounds() throws RemoteException, TreeStoreException {
        waiting.addAll(stale);
        stale.clear();
        int before = Integer.MAX_VALUE;
        while (!waiting.isEmpty() && waiting.size() < before) {
            before = waiting.size();
            again();
            waiting.addAll(stale);
            stale.clear();
        }
    }

    private void again() throws RemoteException, TreeStoreException {
        List<Wish> some = List.copyOf(waiting);
        waiting.clear();
        for (int from = 0; from < some.size(); from += Limits.MAX_CHANGES) {
            send(some.subList(from, Math.min(some.size(), from + Limits.MAX_CHANGES)));
        }
    }

    private void send(List<Wish> wishes) throws RemoteException, TreeStoreException {
        if (wishes.isEmpty()) {
            return;
        }
        List<Change> changes = wishes.stream().map(wish -> wish.change(stands, mark)).toList();
        CommitResult result = sender.send(changes);
        tally.head(result.head());
        for (int i = 0; i < wishes.size(); i++) {
            judge(wishes.get(i), changes.get(i).node(), result.outcomes().get(i));
        }
    }

    private void judge(Wish wish, Node sent, Outcome outcome) {
        if (outcome.isAccepted()) {
            tally.done(wish, sent, outcome.sequence());
            return;
        }
        Node there = outcome.conflict().current();
        switch (outcome.conflict().reason()) {
            case STALE -> {
                if (wish.isStale(there) > MOST_ATTEMPTS) {
                    tally.failed(wish, new Obstacle.ChangedElsewhere());
                } else {
                    stale.add(wish);
                }
            }
            case NAME_TAKEN -> block(wish, there);
            case NO_PARENT, CYCLE -> block(wish, null);
            case NOT_EMPTY -> tally.failed(wish, new Obstacle.NotEmpty());
            case MISSING_CHUNKS -> tally.failed(wish,
                    new Obstacle.ContentGone());
        }
    }

    private void block(Wish wish, Node holder) {
        wish.isBlocked(holder);
        waiting.add(wish);
    }
}
