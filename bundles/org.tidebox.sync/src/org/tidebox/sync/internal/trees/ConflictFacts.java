package org.tidebox.sync.internal.trees;

import java.util.List;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.NodeId;

/**
 * Remembers which nodes had the name of a conflict copy when they were written down, in the same transaction, so that
 * nobody has to look through a whole tree for them. Such a fact stays when the copy goes: whoever reads looks whether the
 * node is still there and called so.
 */
public final class ConflictFacts {
    private static final String PREFIX = "conflict ";

    private ConflictFacts() {
    }

    /** Returns the fact to remember about a node of this name, or {@code null} if the name is no conflict copy's. */
    public static String about(NodeId id, String name) {
        return name.contains(ConflictName.MARK) && ConflictName.parse(name).isPresent() ? PREFIX + id : null;
    }

    /** Returns the nodes that are, or were, conflict copies. */
    public static List<NodeId> nodes(TreeStore trees) throws TreeStoreException {
        return trees.factNames(PREFIX).stream().map(name -> NodeId.parse(name.substring(PREFIX.length()))).toList();
    }
}
