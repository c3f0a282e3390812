package org.tidebox.sync.internal.trees;

import org.tidebox.tree.NodeId;

/**
 * A place in a tree.
 *
 * @param parent the folder
 * @param name the name in it
 */
public record Place(NodeId parent, String name) {
}
