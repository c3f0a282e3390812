package org.tidebox.sync.internal.trees;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.SequenceRange;

/**
 * Counts what deletions would take away from a person, which is less than the nodes that are gone:
 * <ul>
 * <li>Paths count, not nodes: a folder that was replaced by its copy has lost nothing.
 * <li>What version control does inside its store of objects, such as packing a thousand of them into one, is no
 * deletion as long as that store is there.
 * <li>What a person has confirmed on the device that deleted it counts on no other device.
 * </ul>
 * Reads all differences, so it is asked only when there are many deletions. Made for one count.
 */
public final class Deletions {
    private static final int PAGE = 1_000;
    private static final int FEW = 100;
    private static final String OBJECTS = "objects";
    private static final String REPOSITORY = ".git";

    private final TreeStore store;
    private final View here;
    private final View there;
    private long countHere;
    private long countThere;

    private Deletions(TreeStore store) {
        this.store = store;
        this.here = new View() {
            @Override
            List<Entry> named(NodeId folder, String name) throws TreeStoreException {
                return store.childrenNamed(folder, List.of(name)).stream().map(Entry::of).toList();
            }

            @Override
            Optional<Entry> entry(NodeId id) throws TreeStoreException {
                LocalNode local = store.local(List.of(id)).get(id);
                return local != null ? Optional.of(Entry.of(local)) : agreed(id);
            }

            @Override
            List<Entry> children(NodeId folder) throws TreeStoreException {
                return store.children(folder).stream().map(Entry::of).toList();
            }
        };
        this.there = new View() {
            @Override
            List<Entry> named(NodeId folder, String name) throws TreeStoreException {
                return store.remoteChildNamed(folder, name).stream().map(Entry::of).toList();
            }

            @Override
            Optional<Entry> entry(NodeId id) throws TreeStoreException {
                Node remote = store.remote(List.of(id)).get(id);
                return remote != null ? Optional.of(Entry.of(remote)) : agreed(id);
            }

            @Override
            List<Entry> children(NodeId folder) throws TreeStoreException {
                return store.remoteChildren(folder).stream().map(Entry::of).toList();
            }
        };
    }

    /**
     * How much is gone.
     *
     * @param here entries that were deleted on this device
     * @param there entries that were deleted on the server and that nobody has confirmed
     */
    public record Count(long here, long there) {
    }

    /** Counts; asks the server for what was confirmed if something was deleted there. */
    public static Count of(TreeStore store, Remote remote, LibraryId library)
            throws TreeStoreException, RemoteException {
        Deletions deletions = new Deletions(store);
        List<SequenceRange> confirmed = store.differences().remoteDeleted() == 0
                ? List.of()
                : remote.confirmed(library, 0);
        deletions.count(confirmed);
        return new Count(deletions.countHere, deletions.countThere);
    }

    /** Counts what was deleted on this device only. */
    public static long here(TreeStore store) throws TreeStoreException {
        if (store.differences().localDeleted() == 0) {
            return 0;
        }
        Deletions deletions = new Deletions(store);
        deletions.count(List.of());
        return deletions.countHere;
    }

    private void count(List<SequenceRange> confirmed) throws TreeStoreException {
        List<NodeId> page = store.dirty(null, PAGE);
        while (!page.isEmpty()) {
            for (LocalNode node : store.local(page).values()) {
                if (node.deleted() && here.isMissed(Entry.of(node))) {
                    countHere++;
                }
            }
            for (Node node : store.remote(page).values()) {
                if (node.deleted() && !isIn(confirmed, node.sequence()) && there.isMissed(Entry.of(node))) {
                    countThere++;
                }
            }
            page = store.dirty(page.getLast(), PAGE);
        }
    }

    private static boolean isIn(Collection<SequenceRange> ranges, long sequence) {
        return ranges.stream().anyMatch(range -> range.contains(sequence));
    }

    private Optional<Entry> agreed(NodeId id) throws TreeStoreException {
        SyncedNode synced = store.synced(List.of(id)).get(id);
        return synced == null ? Optional.empty() : Optional.of(Entry.of(synced.node()));
    }

    private record Entry(NodeId id, NodeId parent, String name, boolean isFolder, boolean deleted) {
        static Entry of(LocalNode node) {
            return new Entry(node.id(), node.parent(), node.name(), node.kind() == NodeKind.FOLDER, node.deleted());
        }

        static Entry of(Node node) {
            return new Entry(node.id(), node.parent(), node.name(), node.kind() == NodeKind.FOLDER, node.deleted());
        }
    }

    /** One side's tree as it is now; remembers each folder that it was asked for. */
    private abstract static class View {
        /** Which folder is now where a folder was; empty if none is. */
        private final Map<NodeId, Optional<NodeId>> successors = new HashMap<>(
                Map.of(NodeId.ROOT, Optional.of(NodeId.ROOT)));
        private final Map<NodeId, Boolean> stores = new HashMap<>(Map.of(NodeId.ROOT, false));
        private final Map<NodeId, Set<String>> names = new HashMap<>();
        private final Map<NodeId, Integer> questions = new HashMap<>();

        abstract Optional<Entry> entry(NodeId id) throws TreeStoreException;

        abstract List<Entry> children(NodeId folder) throws TreeStoreException;

        abstract List<Entry> named(NodeId folder, String name) throws TreeStoreException;

        boolean isMissed(Entry deleted) throws TreeStoreException {
            Optional<NodeId> folder = successor(deleted.parent());
            boolean isReplaced = folder.isPresent() && has(folder.get(), deleted.name());
            return !isReplaced && !isInObjectStore(deleted.parent());
        }

        /** A few names are looked up; where it is many, all names of the folder are read at once. */
        private boolean has(NodeId folder, String name) throws TreeStoreException {
            return questions.merge(folder, 1, Integer::sum) > FEW
                    ? names(folder).contains(name)
                    : !named(folder, name).isEmpty();
        }

        private Set<String> names(NodeId folder) throws TreeStoreException {
            Set<String> known = names.get(folder);
            if (known == null) {
                known = new HashSet<>();
                for (Entry child : children(folder)) {
                    known.add(child.name());
                }
                names.put(folder, known);
            }
            return known;
        }

        private Optional<NodeId> successor(NodeId folder) throws TreeStoreException {
            Optional<NodeId> known = successors.get(folder);
            if (known == null) {
                known = findSuccessor(entry(folder));
                successors.put(folder, known);
            }
            return known;
        }

        private Optional<NodeId> findSuccessor(Optional<Entry> folder) throws TreeStoreException {
            if (folder.isEmpty() || !folder.get().deleted()) {
                return folder.map(Entry::id);
            }
            Optional<NodeId> parent = successor(folder.get().parent());
            return parent.isEmpty()
                    ? Optional.empty()
                    : named(parent.get(), folder.get().name()).stream().filter(Entry::isFolder).map(Entry::id)
                            .findFirst();
        }

        private boolean isInObjectStore(NodeId folder) throws TreeStoreException {
            Boolean known = stores.get(folder);
            if (known == null) {
                Optional<Entry> entry = entry(folder);
                known = entry.isPresent() && (isObjectStore(entry.get()) || isInObjectStore(entry.get().parent()));
                stores.put(folder, known);
            }
            return known;
        }

        private boolean isObjectStore(Entry folder) throws TreeStoreException {
            return folder.name().equals(OBJECTS) && !folder.deleted()
                    && entry(folder.parent()).filter(parent -> parent.name().equals(REPOSITORY)).isPresent();
        }
    }
}
