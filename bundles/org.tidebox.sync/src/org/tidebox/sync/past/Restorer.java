package org.tidebox.sync.past;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.tidebox.sync.Past;
import org.tidebox.sync.Problem;
import org.tidebox.sync.Remote;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.SyncedNode;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.internal.ConflictName;
import org.tidebox.sync.past.PastTree.Placed;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.HistoryEntry;

/**
 * Brings states of nodes back as new versions, by commits alone. Nothing is deleted and nothing replaced that has
 * another id: where a name is taken, what comes back gets a name of its own, and a folder that is there again takes in
 * what comes back. Not thread-safe.
 */
public final class Restorer {
    /** So often a node that somebody else is changing right now is tried again. */
    private static final int MOST_ATTEMPTS = 5;
    private static final int MOST_NAMES = 20;

    private final Remote remote;
    private final Past past;
    private final LibraryId library;
    private final TreeStore trees;
    private final RandomGenerator random;
    private final String mark;
    private final Map<NodeId, NodeId> stands = new HashMap<>();
    private final List<Wish> stale = new ArrayList<>();
    private final List<Wish> waiting = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> renamed = new ArrayList<>();
    private long files;
    private long others;
    private long bytes;
    private long unchanged;
    private long head;

    /**
     * Prepares to restore.
     *
     * @param mark what to add to a name that is taken, such as {@code restored 2026-03-01 101530}
     */
    public Restorer(Remote remote, Past past, LibraryId library, TreeStore trees, RandomGenerator random, String mark) {
        this.remote = remote;
        this.past = past;
        this.library = library;
        this.trees = trees;
        this.random = random;
        this.mark = mark;
    }

    /**
     * What was done.
     *
     * @param files how many files came back, as new versions
     * @param others how many folders and links
     * @param bytes of those files
     * @param unchanged how many nodes were as wanted already
     * @param head the library's head afterwards; 0 if nothing was told to the server
     * @param renamed what came back under another name, since its own was taken
     * @param problems what did not come back, and why
     */
    public record Result(long files, long others, long bytes, long unchanged, long head, List<String> renamed,
            List<Problem> problems) {
    }

    /** A node on its way back. */
    private static final class Wish {
        private final Node then;
        private final String path;
        private final boolean stay;
        private Node current;
        private int attempts;
        private Node holder;
        private int names;

        Wish(Placed placed, boolean stay, Node current) {
            this.then = placed.node();
            this.path = placed.path();
            this.stay = stay;
            this.current = current;
        }
    }

    /**
     * Brings nodes back; parents come before children, in this page or one before.
     *
     * @param stay whether a live node keeps the place that it has now, instead of going back to where it was
     */
    public void bring(List<Placed> page, boolean stay) throws RemoteException, TreeStoreException {
        for (int from = 0; from < page.size(); from += Limits.MAX_CHANGES) {
            List<Placed> some = page.subList(from, Math.min(page.size(), from + Limits.MAX_CHANGES));
            Map<NodeId, Node> current = current(some);
            send(some.stream().map(placed -> new Wish(placed, stay, current.get(placed.node().id()))).toList());
            // Of what was deleted the server has just told the newest state; so little has to be remembered.
            List<Wish> known = List.copyOf(stale);
            stale.clear();
            send(known);
        }
        if (page.stream().anyMatch(placed -> placed.node().kind() == NodeKind.FOLDER)) {
            // What comes next goes into these folders.
            settle();
        }
    }

    /** Makes sure that a folder is there for what comes back into it: brings it, and those above it, back if need be. */
    public void bringFolder(NodeId folder) throws RemoteException, TreeStoreException {
        if (folder.equals(NodeId.ROOT) || stands.containsKey(folder)
                || new FolderPlaces(trees).live(folder) != null) {
            return;
        }
        List<HistoryEntry> versions = past.history(library, folder);
        if (versions.isEmpty() || versions.getFirst().node().kind() != NodeKind.FOLDER) {
            // Retention has forgotten it: what was in it comes back at the top.
            stands.put(folder, NodeId.ROOT);
            return;
        }
        Node newest = versions.getFirst().node();
        if (newest.deleted()) {
            bringFolder(newest.parent());
            bring(List.of(new Placed(newest.name(), newest)), false);
        }
    }

    /** Tries again what had to wait for others, and tells what was done. */
    public Result finish() throws RemoteException, TreeStoreException {
        settle();
        waiting.forEach(wish -> problems.add(new Problem(wish.path,
                wish.holder == null
                        ? "the folder that it was in cannot come back"
                        : "its name is taken by " + wish.holder.name())));
        return new Result(files, others, bytes, unchanged, head, List.copyOf(renamed), List.copyOf(problems));
    }

    /** First lets those that are in each other's way move on; then gives up on the names that stay taken. */
    private void settle() throws RemoteException {
        rounds();
        for (int name = 1; name <= MOST_NAMES && waiting.stream().anyMatch(wish -> wish.holder != null); name++) {
            waiting.removeIf(this::isThere);
            for (Wish wish : waiting) {
                wish.names = wish.holder == null ? wish.names : name;
            }
            rounds();
        }
    }

    /** A folder that is there again takes in what was in this one, and an equal file stands for it. */
    private boolean isThere(Wish wish) {
        if (wish.holder == null || wish.names > 0) {
            return false;
        }
        boolean folders = wish.then.kind() == NodeKind.FOLDER && wish.holder.kind() == NodeKind.FOLDER;
        boolean there = folders || wish.then.kind() != NodeKind.FOLDER && wish.holder.sameContent(wish.then);
        if (folders) {
            stands.put(wish.then.id(), wish.holder.id());
        }
        unchanged += there ? 1 : 0;
        return there;
    }

    private void rounds() throws RemoteException {
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

    private void again() throws RemoteException {
        List<Wish> some = List.copyOf(waiting);
        waiting.clear();
        for (int from = 0; from < some.size(); from += Limits.MAX_CHANGES) {
            send(some.subList(from, Math.min(some.size(), from + Limits.MAX_CHANGES)));
        }
    }

    private void send(List<Wish> wishes) throws RemoteException {
        if (wishes.isEmpty()) {
            return;
        }
        List<Change> changes = wishes.stream()
                .map(wish -> new Change(wish.current == null ? 0 : wish.current.sequence(), wanted(wish))).toList();
        CommitResult result = remote.upload(library, () -> null, new Commit(CommitId.random(random), changes));
        head = Math.max(head, result.head());
        for (int i = 0; i < wishes.size(); i++) {
            settle(wishes.get(i), changes.get(i).node(), result.outcomes().get(i));
        }
    }

    private Node wanted(Wish wish) {
        Node then = wish.then;
        boolean stays = wish.stay && wish.current != null && !wish.current.deleted();
        NodeId parent = stays ? wish.current.parent() : stands.getOrDefault(then.parent(), then.parent());
        String name = stays ? wish.current.name() : then.name();
        return then.withSequence(0).withDeleted(false).withPlace(parent,
                wish.names == 0 ? name : ConflictName.marked(name, then.kind(), mark(wish.names)));
    }

    private String mark(int attempt) {
        return " (" + mark + (attempt == 1 ? "" : " " + attempt) + ")";
    }

    private void settle(Wish wish, Node sent, Outcome outcome) {
        if (outcome.isAccepted()) {
            count(wish, sent, outcome.sequence());
            return;
        }
        Node there = outcome.conflict().current();
        switch (outcome.conflict().reason()) {
            case STALE -> {
                wish.current = there;
                retry(wish);
            }
            case NAME_TAKEN -> blocked(wish, there);
            case NO_PARENT, CYCLE -> blocked(wish, null);
            case NOT_EMPTY -> problems.add(new Problem(wish.path, "it is a folder with entries now"));
            case MISSING_CHUNKS -> problems.add(new Problem(wish.path,
                    "its content is no longer kept; see 'tidebox history' for what is"));
        }
    }

    private void blocked(Wish wish, Node holder) {
        wish.holder = holder;
        waiting.add(wish);
    }

    private void retry(Wish wish) {
        wish.attempts++;
        if (wish.attempts > MOST_ATTEMPTS) {
            problems.add(new Problem(wish.path, "it is being changed elsewhere; try again"));
        } else {
            stale.add(wish);
        }
    }

    private void count(Wish wish, Node sent, long sequence) {
        if (wish.current != null && wish.current.sequence() == sequence) {
            unchanged++;
            return;
        }
        if (wish.names > 0 && !sent.name().equals(wish.then.name())) {
            renamed.add(wish.path + " → " + sent.name());
        }
        if (sent.kind() == NodeKind.FILE) {
            files++;
            bytes += sent.recipe().size();
        } else {
            others++;
        }
    }

    private Map<NodeId, Node> current(List<Placed> some) throws TreeStoreException {
        List<NodeId> ids = some.stream().map(placed -> placed.node().id()).toList();
        Map<NodeId, Node> current = new HashMap<>();
        for (Map.Entry<NodeId, SyncedNode> entry : trees.synced(ids).entrySet()) {
            current.put(entry.getKey(), entry.getValue().node());
        }
        current.putAll(trees.remote(ids));
        return current;
    }
}
