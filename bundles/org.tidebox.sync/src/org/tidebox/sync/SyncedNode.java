package org.tidebox.sync;

import org.tidebox.tree.Node;

/**
 * A node as server and device last agreed on it, and how it lies on the disk.
 *
 * @param node the agreed state; alive
 * @param diskName its name on the disk, which may differ from the node's in Unicode form
 * @param stamp of the entry on the disk
 */
public record SyncedNode(Node node, String diskName, DiskStamp stamp) {
}
