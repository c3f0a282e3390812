package org.tidebox.sync.past;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.HistoryEntry;

/**
 * What was deleted together with a folder, as it was right before. It is read from the deletions themselves, which keep
 * place and content, so it does not matter how much of the history before is still kept.
 */
public final class DeletedTree implements Subtree {
    private final RemoteHistory past;
    private final LibraryId library;
    private final Trash.Item item;
    private final List<Deleted> parentsFirst;

    /** Names what to read. */
    public DeletedTree(RemoteHistory past, LibraryId library, Trash.Item item) {
        this.past = past;
        this.library = library;
        this.item = item;
        // A folder can be deleted only after what it holds.
        this.parentsFirst = item.inside().stream().sorted(Comparator.comparingLong(Deleted::sequence).reversed())
                .toList();
    }

    @Override
    public void read(Taker taker) throws RemoteException, InterruptedException {
        Map<NodeId, String> prefixes = new HashMap<>(Map.of(item.top().id(), ""));
        for (int from = 0; from < parentsFirst.size(); from += Limits.MAX_CHANGES) {
            List<NodeId> some = parentsFirst.subList(from, Math.min(parentsFirst.size(), from + Limits.MAX_CHANGES))
                    .stream().map(Deleted::id).toList();
            taker.take(placed(some, prefixes));
        }
    }

    @Override
    public Totals count() {
        long files = item.inside().stream().filter(each -> each.kind() == NodeKind.FILE).count();
        return new Totals(files, item.inside().size() - files, item.size() - item.top().size());
    }

    /** What was brought back meanwhile is left alone. */
    private List<PlacedNode> placed(List<NodeId> ids, Map<NodeId, String> prefixes) throws RemoteException {
        Map<NodeId, Node> found = new HashMap<>();
        for (HistoryEntry entry : past.newest(library, ids)) {
            found.put(entry.node().id(), entry.node());
        }
        List<PlacedNode> placed = new ArrayList<>();
        for (NodeId id : ids) {
            Node node = found.get(id);
            if (node != null && prefixes.containsKey(node.parent())) {
                String path = prefixes.get(node.parent()) + node.name();
                prefixes.put(id, path + "/");
                if (node.deleted()) {
                    placed.add(new PlacedNode(path, node.withDeleted(false)));
                }
            }
        }
        return placed;
    }
}
