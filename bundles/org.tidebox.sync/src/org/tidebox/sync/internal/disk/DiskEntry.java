package org.tidebox.sync.internal.disk;

import org.tidebox.sync.device.DiskStamp;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.NodeKind;

/**
 * An entry of a directory as it is at this moment.
 *
 * @param name its name on the disk
 * @param kind what it is; {@code null} for sockets, devices and the like
 * @param attributes mode and modification time
 * @param stamp to recognise it by
 * @param device the number of the file system that it lies on, good until the next start of the computer; {@link
 *        #ANY_DEVICE} where nobody can tell
 */
public record DiskEntry(String name, NodeKind kind, Attributes attributes, DiskStamp stamp,
        long device) {
    /** The device where file systems have none. */
    public static final long ANY_DEVICE = 0;
}
