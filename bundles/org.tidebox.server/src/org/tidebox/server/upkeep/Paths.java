package org.tidebox.server.upkeep;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** The paths of nodes as their folders are called now; folders that were looked up lately are remembered. */
final class Paths {
    private static final int REMEMBERED = 10_000;
    private final Storage storage;
    private final LibraryId library;
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Node> eldest) {
            return size() > REMEMBERED;
        }
    };

    Paths(Storage storage, LibraryId library) {
        this.storage = storage;
        this.library = library;
    }

    /** Looks nodes up together. */
    void load(Collection<NodeId> ids) throws StorageException {
        List<NodeId> unknown = ids.stream().filter(id -> !nodes.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            nodes.putAll(storage.journal(journal -> journal.find(library, unknown)));
        }
    }

    /** Returns a node as it is now, or {@code null}. */
    Node node(NodeId id) throws StorageException {
        if (!nodes.containsKey(id)) {
            nodes.put(id, storage.journal(journal -> journal.find(library, List.of(id))).get(id));
        }
        return nodes.get(id);
    }

    /** Returns the path of what lies in a folder; a question mark stands for what is not known. */
    String of(NodeId parent, String name) throws StorageException {
        Deque<String> names = new ArrayDeque<>(List.of(name));
        Set<NodeId> seen = new HashSet<>();
        for (NodeId at = parent; !at.equals(NodeId.ROOT);) {
            Node folder = node(at);
            if (folder == null || !seen.add(at)) {
                names.addFirst("?");
                break;
            }
            names.addFirst(folder.name());
            at = folder.parent();
        }
        return String.join("/", names);
    }
}
