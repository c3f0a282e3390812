package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.Path;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.ExtendedView;
import org.tidebox.sync.internal.disk.FileTimes;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.trees.AttributeRule;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.NodeKind;

/** Sets the mode, the time and the extended attributes of entries that stay where they are. */
final class AttributeWriter {
    private static final int OWNER_MAY_ALL = 0700;
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;

    private final FolderDisk here;
    private final Disk disk;
    private final ExtendedView extendedView;
    private final Guard guard;
    private final Durability durability;
    private final WrittenStamps stamps;

    AttributeWriter(FolderDisk here, Placement placement) {
        this.here = here;
        this.disk = here.disk();
        this.extendedView = here.extended();
        this.guard = here.guard();
        this.durability = here.durability();
        this.stamps = new WrittenStamps(here, placement);
    }

    /** Sets what differs; returns the entry as it is on the disk now. */
    LocalNode set(LocalNode node, Path path, Attributes attributes) throws IOException, StaleException {
        DiskStamp before = node.stamp().unlessChanged(guard.same(node, path));
        boolean onlyExtended = AttributeRule.samePlain(node.kind(), node.attributes(), attributes);
        if (onlyExtended && !extendedView.isActive()) {
            // They are not kept here, so all there is to do is to know of them.
            return node.withAttributes(attributes).withExtended(attributes.extended(), null);
        }
        ExtendedAttributes held = attributes.extended().equals(node.attributes().extended())
                ? node.held()
                : setExtended(node, path, attributes.extended());
        DiskStamp expected = onlyExtended ? before : setModeAndTime(node, path, before, attributes);
        LocalNode changed = node.withAttributes(attributes).withExtended(attributes.extended(), held);
        return stamps.asHeld(changed.withStamp(expected.kept(stamps.now(path))), path);
    }

    /**
     * Sets extended attributes; lifts a write protection meanwhile, which counts for them, too.
     *
     * @return those that the entry has then; {@code null} if that is not known
     */
    private ExtendedAttributes setExtended(LocalNode node, Path path, ExtendedAttributes extended)
            throws IOException, StaleException {
        if (!extendedView.isActive()) {
            return null;
        }
        int mode = node.stamp().mode();
        boolean isProtected = mode != Attributes.NO_MODE
                && (mode & OWNER_MAY_READ_AND_WRITE) != OWNER_MAY_READ_AND_WRITE;
        if (isProtected) {
            disk.setMode(path, mode | OWNER_MAY_READ_AND_WRITE);
        }
        try {
            return extendedView.change(node, path, extended);
        } finally {
            if (isProtected) {
                disk.setMode(path, mode);
            }
            durability.touched(path);
        }
    }

    /** Sets them, and returns the stamp by which to find out whether anybody else did something, too. */
    private DiskStamp setModeAndTime(LocalNode node, Path path, DiskStamp before, Attributes attributes)
            throws IOException {
        boolean setsTime = node.kind() == NodeKind.FILE && node.attributes().mtime() != attributes.mtime();
        if (setsTime) {
            boolean unreadable = (node.stamp().mode() & 0400) == 0;
            if (unreadable) {
                disk.setMode(path, node.stamp().mode() | OWNER_MAY_ALL);
            }
            disk.setTime(path, attributes.mtime());
        }
        disk.setMode(path, attributes.mode());
        DiskStamp now = stamps.now(path);
        DiskStamp expected = stamps
                .asSet(new DiskStamp(before.size(), setsTime ? time(now, attributes) : before.mtime(),
                        before.ctime(), now.mode(), before.key()), attributes.mode(), path);
        // A new time may hide an edit of the same instant: the next scan reads the content.
        return setsTime ? expected.doubtful() : expected;
    }

    private static long time(DiskStamp now, Attributes set) {
        return FileTimes.isAsSet(now.mtime(), set.mtime()) ? now.mtime() : set.mtime();
    }
}
