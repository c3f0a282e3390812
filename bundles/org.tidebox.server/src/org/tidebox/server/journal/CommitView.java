package org.tidebox.server.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.JournalTransaction;
import org.tidebox.storage.journal.JournalTransaction.Place;
import org.tidebox.tree.Change;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * The library as the changes of a commit see it: what is stored, with the changes before them on top. What a commit
 * touches is read at its beginning with a few queries, however many changes it has.
 */
final class CommitView {
    private final JournalTransaction transaction;
    private final Map<NodeId, Node> nodes = new HashMap<>();
    private final Set<NodeId> known = new HashSet<>();
    private final Map<Place, Node> places;
    private final Map<NodeId, Integer> children;
    private final Map<NodeId, Long> sequencesBefore = new HashMap<>();

    /** Reads what the changes touch. */
    CommitView(JournalTransaction transaction, List<Change> changes) throws StorageException {
        this.transaction = transaction;
        Set<NodeId> ids = new HashSet<>();
        Set<Place> wanted = new HashSet<>();
        for (Change change : changes) {
            ids.add(change.node().id());
            ids.add(change.node().parent());
            wanted.add(placeOf(change.node()));
        }
        load(ids);
        this.places = new HashMap<>(transaction.at(wanted));
        this.children = new HashMap<>(transaction.liveChildren(foldersAmong(changes)));
        loadAncestors(changes);
    }

    /** Returns the node as it is now, or {@code null}. */
    Node node(NodeId id) throws StorageException {
        if (!known.contains(id)) {
            load(Set.of(id));
        }
        return nodes.get(id);
    }

    /** Returns the live node that holds a place now, or {@code null}. */
    Node at(NodeId parent, String name) {
        return places.get(new Place(parent, name));
    }

    /** Returns whether a folder that the commit changes has live children now. */
    boolean hasChildren(NodeId folder) {
        return children.getOrDefault(folder, 0) > 0;
    }

    /** Returns whether a place for children: the root, or a live folder. */
    boolean isLiveFolder(NodeId id) throws StorageException {
        if (id.equals(NodeId.ROOT)) {
            return true;
        }
        Node node = node(id);
        return node != null && !node.deleted() && node.kind() == NodeKind.FOLDER;
    }

    /** Returns whether the place lies in the folder or somewhere below it, or is it. */
    boolean isWithin(NodeId place, NodeId folder) throws StorageException {
        NodeId at = place;
        while (!at.equals(NodeId.ROOT)) {
            if (at.equals(folder)) {
                return true;
            }
            Node node = node(at);
            if (node == null) {
                return false;
            }
            at = node.parent();
        }
        return false;
    }

    /** Returns whether a change with this base has seen the node as it is, earlier changes of the same commit aside. */
    boolean isFresh(Node current, NodeId id, long base) {
        long sequence = current == null ? 0 : current.sequence();
        return base == sequence || sequencesBefore.containsKey(id) && sequencesBefore.get(id) == base;
    }

    /** Puts a new version on top. */
    void put(Node current, Node version) {
        sequencesBefore.putIfAbsent(version.id(), current == null ? 0 : current.sequence());
        if (current != null && !current.deleted()) {
            places.remove(placeOf(current));
            children.merge(current.parent(), -1, Integer::sum);
        }
        if (!version.deleted()) {
            places.put(placeOf(version), version);
            children.merge(version.parent(), 1, Integer::sum);
        }
        nodes.put(version.id(), version);
        known.add(version.id());
    }

    private Set<NodeId> foldersAmong(List<Change> changes) {
        Set<NodeId> folders = new HashSet<>();
        for (Change change : changes) {
            Node current = nodes.get(change.node().id());
            if (current != null && current.kind() == NodeKind.FOLDER) {
                folders.add(current.id());
            }
        }
        return folders;
    }

    /** Reads the ancestors of all folders that move, one level of all of them at a time. */
    private void loadAncestors(List<Change> changes) throws StorageException {
        Set<NodeId> above = new HashSet<>();
        for (Change change : changes) {
            Node current = nodes.get(change.node().id());
            if (current != null && current.kind() == NodeKind.FOLDER && !current.parent()
                    .equals(change.node().parent())) {
                above.add(change.node().parent());
            }
        }
        while (!above.isEmpty()) {
            Set<NodeId> next = new HashSet<>();
            for (NodeId id : above) {
                Node node = nodes.get(id);
                if (node != null && !known.contains(node.parent())) {
                    next.add(node.parent());
                }
            }
            load(next);
            above = next;
        }
    }

    private void load(Collection<NodeId> ids) throws StorageException {
        Set<NodeId> unknown = new HashSet<>(ids);
        unknown.remove(NodeId.ROOT);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            nodes.putAll(transaction.nodes(unknown));
        }
        known.addAll(ids);
    }

    private static Place placeOf(Node node) {
        return new Place(node.parent(), node.name());
    }
}
