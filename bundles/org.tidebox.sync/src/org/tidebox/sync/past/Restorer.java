package org.tidebox.sync.past;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.internal.upload.CommitSender;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.HistoryEntry;

/**
 * Brings states of nodes back as new versions, by commits alone. Nothing is deleted and nothing replaced that has
 * another id: where a name is taken, what comes back gets a name of its own, and a folder that is there again takes in
 * what comes back. What is as wanted already is left alone, so one that was interrupted is simply begun again. Not
 * thread-safe, but for {@link #dealtWith()}.
 */
public final class Restorer {
    private final RemoteHistory past;
    private final LibraryId library;
    private final TreeStore trees;
    private final RestoreTally tally = new RestoreTally();
    private final Wishes wishes;

    /**
     * Prepares to restore.
     *
     * @param mark what to add to a name that is taken, such as {@code restored 2026-03-01 101530}
     */
    public Restorer(Remote remote, RemoteHistory past, LibraryId library, TreeStore trees, RandomGenerator random,
            String mark) {
        this.past = past;
        this.library = library;
        this.trees = trees;
        this.wishes = new Wishes(new CommitSender(remote, library, trees, random), mark, tally);
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

    /**
     * Brings nodes back; parents come before children, in this page or one before.
     *
     * @param stay whether a live node keeps the place that it has now, instead of going back to where it was
     */
    public void bring(List<PlacedNode> page, boolean stay) throws RemoteException, TreeStoreException {
        for (int from = 0; from < page.size(); from += Limits.MAX_CHANGES) {
            List<PlacedNode> some = page.subList(from, Math.min(page.size(), from + Limits.MAX_CHANGES));
            Map<NodeId, Node> current = current(some);
            wishes.make(some.stream().map(placed -> new Wish(placed, stay, current.get(placed.node().id()))).toList());
        }
        if (page.stream().anyMatch(placed -> placed.node().kind() == NodeKind.FOLDER)) {
            // What comes next goes into these folders.
            wishes.settle();
        }
    }

    /** Makes sure that a folder is there for what comes back into it: brings it, and those above it, back if need be. */
    public void bringFolder(NodeId folder) throws RemoteException, TreeStoreException {
        if (folder.equals(NodeId.ROOT) || wishes.hasStandIn(folder)
                || new FolderPlaces(trees).live(folder) != null) {
            return;
        }
        List<HistoryEntry> versions = past.history(library, folder);
        if (versions.isEmpty() || versions.getFirst().node().kind() != NodeKind.FOLDER) {
            // Retention has forgotten it: what was in it comes back at the top.
            wishes.standIn(folder, NodeId.ROOT);
            return;
        }
        Node newest = versions.getFirst().node();
        if (newest.deleted()) {
            bringFolder(newest.parent());
            bring(List.of(new PlacedNode(newest.name(), newest)), false);
        }
    }

    /** Returns how many nodes are dealt with so far, in whatever way; from any thread. */
    public long dealtWith() {
        return tally.dealtWith();
    }

    /** Tries again what had to wait for others, and tells what was done. */
    public Result finish() throws RemoteException, TreeStoreException {
        wishes.settle();
        wishes.giveUp();
        return tally.result();
    }

    private Map<NodeId, Node> current(List<PlacedNode> some) throws TreeStoreException {
        List<NodeId> ids = some.stream().map(placed -> placed.node().id()).toList();
        Map<NodeId, Node> current = new HashMap<>();
        for (Map.Entry<NodeId, SyncedNode> entry : trees.synced(ids).entrySet()) {
            current.put(entry.getKey(), entry.getValue().node());
        }
        current.putAll(trees.remote(ids));
        return current;
    }
}
