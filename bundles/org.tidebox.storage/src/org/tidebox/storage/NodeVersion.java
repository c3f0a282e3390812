package org.tidebox.storage;

import java.time.Instant;
import org.tidebox.tree.Node;

/**
 * One state of a node in history.
 *
 * @param node the state, with its sequence
 * @param device the id of the device that made it
 * @param time when the server accepted it
 */
public record NodeVersion(Node node, long device, Instant time) {
}
