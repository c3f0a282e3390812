package org.tidebox.sync.conflict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.internal.ConflictName;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Finds the conflict copies in a sync folder by their names. */
public final class Conflicts {
    private Conflicts() {
    }

    /** A folder that is still to be looked into. */
    private record Waiting(NodeId folder, String prefix) {
    }

    /** Returns all, by path; reads each folder of the tree once. */
    public static List<Conflict> list(TreeStore trees) throws TreeStoreException {
        List<Conflict> found = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>(List.of(new Waiting(NodeId.ROOT, "")));
        while (!waiting.isEmpty()) {
            Waiting next = waiting.removeLast();
            List<LocalNode> children = trees.children(next.folder());
            for (LocalNode child : children) {
                conflict(child, children, next.prefix()).ifPresent(found::add);
                if (child.kind() == NodeKind.FOLDER) {
                    waiting.add(new Waiting(child.id(), next.prefix() + child.name() + "/"));
                }
            }
        }
        found.sort(Comparator.comparing(Conflict::path));
        return found;
    }

    private static Optional<Conflict> conflict(LocalNode child, List<LocalNode> siblings, String prefix) {
        return ConflictName.parse(child.name()).map(parts -> new Conflict(prefix + child.name(), child,
                prefix + parts.original(), siblings.stream()
                        .filter(sibling -> sibling.name().equals(parts.original())).findFirst().orElse(null),
                parts.device(), parts.time()));
    }

    /** Returns whether a copy was made by the device of this name. */
    public static boolean isFrom(Conflict conflict, String device) {
        return conflict.device().equals(ConflictName.shown(device));
    }
}
