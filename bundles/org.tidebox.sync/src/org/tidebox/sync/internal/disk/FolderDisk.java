package org.tidebox.sync.internal.disk;

import java.nio.file.Path;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.internal.report.Work;

/**
 * A folder on the disk, with all that it takes to look at it and to change it.
 *
 * @param confined the one way to change what lies below the root
 * @param disk reads and changes entries
 * @param mounts where file systems are mounted in it
 * @param fileClocks the clocks by which its files get their times
 * @param extended the extended attributes of its entries
 * @param guard checks before each change
 * @param durability makes changes last
 */
public record FolderDisk(ConfinedRoot confined, Disk disk, MountPoints mounts, FileClocks fileClocks,
        ExtendedView extended, Guard guard, Durability durability) {
    /**
     * Describes a folder.
     *
     * @param keepsExtended whether extended attributes are kept
     */
    public static FolderDisk of(ConfinedRoot confined, Disk disk, MountPoints mounts, boolean keepsExtended,
            Work work) {
        FileClocks clocks = new FileClocks(mounts,
                top -> new FileClock(FolderMarker.temporary(top), confined, disk, work.clock(), work.stop()));
        return new FolderDisk(confined, disk, mounts, clocks,
                new ExtendedView(confined, keepsExtended, work.problems()), new Guard(confined, disk, mounts),
                new Durability(confined, mounts));
    }

    /** Returns the root of the folder. */
    public Path root() {
        return confined.root();
    }
}
