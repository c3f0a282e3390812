package org.tidebox.storage.journal;

import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * A current node as it is stored, for a check.
 *
 * @param id its id
 * @param sequence the sequence of the version that counts as current
 * @param node that version, or {@code null} if there is none or it cannot be read
 * @param problem what is wrong with the row by itself, or {@code null}
 */
public record NodeRow(NodeId id, long sequence, Node node, String problem) {
}
