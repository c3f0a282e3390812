package org.tidebox.sync.internal.trees;

import org.tidebox.sync.internal.disk.Rescan;

/**
 * What is known of a sync folder.
 *
 * @param trees its three trees at work
 * @param paths where nodes lie on the disk
 * @param rescan where the disk was found to differ from what was planned for
 */
public record FolderTrees(Trees trees, LocalPaths paths, Rescan rescan) {
    /** Begins with nothing to rescan. */
    public FolderTrees(Trees trees, LocalPaths paths) {
        this(trees, paths, new Rescan());
    }
}
