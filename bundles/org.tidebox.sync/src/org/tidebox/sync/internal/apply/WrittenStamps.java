package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.tree.Attributes;

/**
 * Stamps for entries that the engine has just written: they say what the engine did, so that what anybody else did in
 * the same instant differs from them, and the next scan finds it.
 */
record WrittenStamps(FolderDisk here, Placement placement) {
    DiskStamp now(Path path) throws IOException {
        return here.disk().look(path).map(DiskEntry::stamp).orElse(DiskStamp.UNKNOWN);
    }

    /** Returns the stamp of a link that was just made, and may already be another one, or become one in this tick. */
    DiskStamp ofLink(Path path, String target) throws IOException {
        DiskStamp now = now(path);
        try {
            boolean isOurs = Files.readSymbolicLink(path).toString().equals(target);
            return isOurs ? here.fileClocks().of(path.getParent()).sure(now) : DiskStamp.UNKNOWN;
        } catch (NoSuchFileException | NotLinkException e) {
            return DiskStamp.UNKNOWN;
        }
    }

    /** Where modes stay as they are set, another one is somebody else's, and new to the next scan. */
    DiskStamp asSet(DiskStamp now, int mode, Path path) {
        boolean ours = mode != Attributes.NO_MODE && placement.abilities(path.getParent()).modes();
        return new DiskStamp(now.size(), now.mtime(), now.ctime(), ours ? mode : now.mode(), now.key());
    }

    /** Where somebody else changed extended attributes meanwhile, the next scan must find it. */
    LocalNode asHeld(LocalNode node, Path path) {
        return here.extended().isAsHeld(node, path) ? node : node.withStamp(node.stamp().doubtful());
    }
}
