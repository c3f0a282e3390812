package org.tidebox.storage.journal;

import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/**
 * A version that has content.
 *
 * @param sequence of the version
 * @param node whose version it is
 * @param parent the folder it lay in
 * @param name as it was called
 * @param recipe its content, or {@code null} if what is stored is no recipe
 */
public record ContentRow(long sequence, NodeId node, NodeId parent, String name, Recipe recipe) {
}
