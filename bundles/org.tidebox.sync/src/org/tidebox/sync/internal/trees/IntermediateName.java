package org.tidebox.sync.internal.trees;

import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Names that nodes have for a moment, where several wait for each other's names. Nobody chose them, or needs to see them. */
public final class IntermediateName {
    private static final String PREFIX = ".tidebox-";

    private IntermediateName() {
    }

    public static String of(NodeId id) {
        return PREFIX + id.toHex();
    }

    /** Returns whether a node has one that was made for it. */
    public static boolean isOf(Node node) {
        return node.name().startsWith(of(node.id()));
    }
}
