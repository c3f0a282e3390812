package org.tidebox.storage.journal;

import java.time.Instant;
import org.tidebox.tree.Node;

/**
 * One state of a node in history.
 *
 * @param node the state, with its sequence
 * @param device the id of the device that made it
 * @param time when the server accepted it
 * @param thinned whether retention has let go of versions between this one and the next older one that is left
 */
public record NodeVersion(Node node, long device, Instant time, boolean thinned) {
    /** Makes one that follows right upon the one before. */
    public NodeVersion(Node node, long device, Instant time) {
        this(node, device, time, false);
    }
}
