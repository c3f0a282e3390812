package org.tidebox.sync.internal.scan;

import java.time.InstantSource;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LeftNames;

/**
 * What a scan knows from earlier ones, beside the trees.
 *
 * @param ignored what is no candidate at all
 * @param staying folders that stay here alone
 * @param left names that files have left
 */
public record ScanMemory(Ignored ignored, StayingFolders staying, LeftNames left) {
    /** Begins without knowing anything. */
    public static ScanMemory of(FolderDisk here, FolderTrees known, InstantSource clock) {
        Ignored ignored = new Ignored(here.root(), here.disk());
        return new ScanMemory(ignored, new StayingFolders(here.disk(), known.trees(), known.paths(), ignored),
                new LeftNames(clock));
    }
}
