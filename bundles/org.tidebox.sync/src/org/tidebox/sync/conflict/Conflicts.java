package org.tidebox.sync.conflict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.ConflictFacts;
import org.tidebox.sync.internal.trees.ConflictName;
import org.tidebox.tree.NodeId;

/** Finds the conflict copies in a sync folder by their names; costs as much as there are, whatever the folder holds. */
public final class Conflicts {
    private Conflicts() {
    }

    /** Returns all, by path. */
    public static List<Conflict> list(TreeStore trees) throws TreeStoreException {
        List<LocalNode> copies = here(trees, ConflictFacts.nodes(trees)).values().stream()
                .filter(node -> ConflictName.parse(node.name()).isPresent()).toList();
        Map<NodeId, LocalNode> folders = folders(trees, copies);
        List<Conflict> found = new ArrayList<>();
        for (LocalNode copy : copies) {
            Optional<String> prefix = prefix(copy.parent(), folders);
            if (prefix.isPresent()) {
                found.add(conflict(trees, copy, prefix.get()));
            }
        }
        found.sort(Comparator.comparing(Conflict::path));
        return found;
    }

    /** Returns whether a copy was made by the device of this name. */
    public static boolean isFrom(Conflict conflict, String device) {
        return conflict.device().equals(ConflictName.shown(device));
    }

    private static Conflict conflict(TreeStore trees, LocalNode copy, String prefix) throws TreeStoreException {
        ConflictName.Parts parts = ConflictName.parse(copy.name()).orElseThrow();
        return new Conflict(prefix + copy.name(), copy, prefix + parts.original(),
                trees.childNamed(copy.parent(), parts.original()).orElse(null), parts.device(), parts.time());
    }

    /** Returns those of the nodes that are on the disk. */
    private static Map<NodeId, LocalNode> here(TreeStore trees, Collection<NodeId> ids) throws TreeStoreException {
        Map<NodeId, LocalNode> found = new HashMap<>();
        for (SyncedNode synced : trees.synced(ids).values()) {
            found.put(synced.node().id(), LocalNode.of(synced));
        }
        found.putAll(trees.local(ids));
        found.values().removeIf(LocalNode::deleted);
        return found;
    }

    /** Returns all folders above, at any height: one look-up for each height. */
    private static Map<NodeId, LocalNode> folders(TreeStore trees, List<LocalNode> nodes) throws TreeStoreException {
        Map<NodeId, LocalNode> folders = new HashMap<>();
        Collection<LocalNode> level = nodes;
        while (!level.isEmpty()) {
            Set<NodeId> above = level.stream().map(LocalNode::parent)
                    .filter(id -> !id.equals(NodeId.ROOT) && !folders.containsKey(id)).collect(Collectors.toSet());
            Map<NodeId, LocalNode> found = here(trees, above);
            folders.putAll(found);
            level = found.values();
        }
        return folders;
    }

    /** Returns the path of a folder with a slash behind it; nothing where a folder on the way is gone. */
    private static Optional<String> prefix(NodeId folder, Map<NodeId, LocalNode> folders) {
        StringBuilder path = new StringBuilder();
        NodeId at = folder;
        for (int height = 0; !at.equals(NodeId.ROOT); height++) {
            LocalNode node = folders.get(at);
            if (node == null || height > folders.size()) {
                return Optional.empty();
            }
            path.insert(0, node.name() + "/");
            at = node.parent();
        }
        return Optional.of(path.toString());
    }
}
