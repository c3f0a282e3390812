package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.confined.NotRealFolderException;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.tree.NodeKind;

/** Makes sure, right before something on the disk is changed, that it is what was planned for. Not thread-safe. */
public final class Guard {
    private final ConfinedRoot confined;
    private final Disk disk;
    private boolean refusedInDoubt;
    private final MountPoints mounts;

    public Guard(ConfinedRoot confined, Disk disk, MountPoints mounts) {
        this.confined = confined;
        this.disk = disk;
        this.mounts = mounts;
    }

    /**
     * Checks that an entry is still the one that was scanned, down to its content: it is about to be overwritten or
     * removed.
     */
    public void unchanged(LocalNode node, Path path) throws StaleException, IOException {
        check(node, path, node.stamp());
    }

    /**
     * Checks that an entry is still the one that was scanned, as far as needed to rename it, which loses nothing.
     *
     * @return how it is now: the change of its inode may be a later one
     */
    public DiskStamp same(LocalNode node, Path path) throws StaleException, IOException {
        return check(node, path, null);
    }

    private DiskStamp check(LocalNode node, Path path, DiskStamp stamp) throws StaleException, IOException {
        realFolder(path.getParent());
        Optional<DiskEntry> entry = disk.look(path);
        boolean same = entry.isPresent() && entry.get().kind() == node.kind()
                && entry.get().stamp().key().equals(node.stamp().key())
                && (node.kind() == NodeKind.FOLDER || stamp == null
                        ? entry.get().stamp().sameContent(node.stamp())
                        : stamp.matches(entry.get().stamp()));
        if (!same) {
            refusedInDoubt |= stamp != null && stamp.isDoubtful();
            throw entry.isPresent()
                    ? StaleException.changed(path)
                    : new StaleException(path.getParent(), path + " is gone");
        }
        return entry.get().stamp();
    }

    /** Returns whether a change was refused only because nobody can tell yet whether the entry is the same; and forgets it. */
    public boolean takeRefusedInDoubt() {
        boolean was = refusedInDoubt;
        refusedInDoubt = false;
        return was;
    }

    /** Checks that there is nothing at a path. */
    public void free(Path path) throws StaleException, IOException {
        realFolder(path.getParent());
        if (!disk.isFree(path)) {
            if (!disk.names(path.getParent()).contains(path.getFileName().toString())) {
                throw new ObstacleException(new Obstacle.NameTwinHere());
            }
            throw new StaleException(path.getParent(), path + " appeared");
        }
    }

    /**
     * Checks that a folder and all above it, up to the root, are folders and no links that lead elsewhere, and on the
     * file systems on which they were found.
     */
    public void realFolder(Path folder) throws StaleException, IOException {
        try {
            confined.check(folder);
        } catch (NotRealFolderException e) {
            throw StaleException.of(e);
        }
        if (!mounts.isAsFound(folder)) {
            throw new StaleException(folder.getParent(), folder + " is on another file system than before");
        }
    }
}
