package org.tidebox.storage.journal;

import java.time.Instant;
import org.tidebox.tree.NodeId;

/**
 * When a version of a node came.
 *
 * @param node whose version it is
 * @param sequence of the version
 * @param time when the server accepted it
 * @param deleted whether the node is gone as of then
 * @param purged whether nothing but the fact of the deletion is left
 */
public record VersionStamp(NodeId node, long sequence, Instant time, boolean deleted, boolean purged) {
}
