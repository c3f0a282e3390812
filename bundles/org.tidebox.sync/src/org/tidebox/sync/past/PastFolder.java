package org.tidebox.sync.past;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.PastPage;

/**
 * A folder of a library as it was at a sequence. Reads level by level: costs as much as the folder, whatever else the
 * library holds, and remembers only the folders of two levels. Not thread-safe.
 */
public final class PastFolder implements Subtree {
    private final RemoteHistory past;
    private final LibraryId library;
    private final NodeId folder;
    private long asOf;

    /**
     * Names a folder.
     *
     * @param asOf the sequence; beyond the head, as the library is when it is first read
     * @param folder the folder, or the root
     */
    public PastFolder(RemoteHistory past, LibraryId library, long asOf, NodeId folder) {
        this.past = past;
        this.library = library;
        this.asOf = asOf;
        this.folder = folder;
    }

    /** Returns what lay at a path in a library as of a sequence; the names lead there from the root. */
    public static Optional<PlacedNode> find(RemoteHistory past, LibraryId library, long asOf, List<String> names)
            throws RemoteException, InterruptedException {
        NodeId at = NodeId.ROOT;
        Optional<PlacedNode> found = Optional.empty();
        for (String name : names) {
            found = new PastFolder(past, library, asOf, at).child(name);
            if (found.isEmpty()) {
                return found;
            }
            at = found.get().node().id();
        }
        return found.map(last -> new PlacedNode(String.join("/", names), last.node(), last.thinned()));
    }

    @Override
    public void read(Taker taker) throws RemoteException, InterruptedException {
        Set<NodeId> passed = new HashSet<>(Set.of(folder));
        Map<NodeId, String> level = Map.of(folder, "");
        while (!level.isEmpty()) {
            Map<NodeId, String> below = new LinkedHashMap<>();
            Map<NodeId, String> prefixes = level;
            read(List.copyOf(level.keySet()), page -> {
                List<PlacedNode> placed = placed(page, prefixes);
                for (PlacedNode each : placed) {
                    if (each.node().kind() == NodeKind.FOLDER && passed.add(each.node().id())) {
                        below.put(each.node().id(), each.path() + "/");
                    }
                }
                taker.take(placed);
            });
            level = below;
        }
    }

    private Optional<PlacedNode> child(String name) throws RemoteException, InterruptedException {
        List<PlacedNode> found = new ArrayList<>();
        read(List.of(folder), page -> placed(page, Map.of(folder, "")).stream()
                .filter(placed -> placed.node().name().equals(name)).forEach(found::add));
        return found.stream().findFirst();
    }

    private static List<PlacedNode> placed(PastPage page, Map<NodeId, String> prefixes) {
        Set<NodeId> thinned = new HashSet<>(page.thinned());
        List<PlacedNode> placed = new ArrayList<>(page.nodes().size());
        for (Node node : page.nodes()) {
            placed.add(new PlacedNode(prefixes.getOrDefault(node.parent(), "") + node.name(), node,
                    thinned.contains(node.id())));
        }
        return placed;
    }

    /** Takes what the server tells of folders. */
    @FunctionalInterface
    private interface PageTaker {
        void take(PastPage page) throws RemoteException, InterruptedException;
    }

    private void read(List<NodeId> folders, PageTaker taker) throws RemoteException, InterruptedException {
        List<NodeId> waiting = folders;
        long after = 0;
        while (!waiting.isEmpty()) {
            PastPage page = past.children(library, waiting, asOf, after);
            if (page.done() <= 0 && page.after() <= after || page.done() > waiting.size()) {
                throw new RemoteException(RemoteException.Reason.REFUSED,
                        "The server does not get on telling what lay in a folder; ask its operator to check it", null);
            }
            // What comes meanwhile is not wanted.
            asOf = Math.min(asOf, page.head());
            taker.take(page);
            waiting = waiting.subList(page.done(), waiting.size());
            after = page.after();
        }
    }
}
