package org.tidebox.sync.device;

import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;

/**
 * A node as server and device last agreed on it, and how it lies on the disk.
 *
 * @param node the agreed state; alive
 * @param diskName its name on the disk, which may differ from the node's in Unicode form
 * @param stamp of the entry on the disk
 * @param held the extended attributes that the disk was found to have, or {@code null} where nobody looked
 */
public record SyncedNode(Node node, String diskName, DiskStamp stamp, ExtendedAttributes held) {
    /** Makes one of whose extended attributes on the disk nothing is known. */
    public SyncedNode(Node node, String diskName, DiskStamp stamp) {
        this(node, diskName, stamp, null);
    }
}
