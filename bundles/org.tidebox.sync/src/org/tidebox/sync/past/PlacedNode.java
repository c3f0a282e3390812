package org.tidebox.sync.past;

import org.tidebox.tree.Node;

/**
 * A node at its path.
 *
 * @param path relative to the library's root, or to a folder, with slashes
 * @param node as it was then
 * @param thinned whether retention has let go of versions behind it, so that it may be older than what is wanted
 */
public record PlacedNode(String path, Node node, boolean thinned) {
    /** Makes one that is what is wanted. */
    public PlacedNode(String path, Node node) {
        this(path, node, false);
    }
}
