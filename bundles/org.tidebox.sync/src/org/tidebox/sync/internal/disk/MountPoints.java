package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Where file systems are mounted in a sync folder, as far as those need to know who change the disk. */
public interface MountPoints {
    /** Returns the root of the sync folder. */
    Path root();

    /** Returns the top of the file system that a path of the sync folder lies on. */
    Path top(Path path);

    /** Returns whether a folder is on the file system on which it was found, and may be changed. */
    boolean isAsFound(Path folder) throws IOException;

    /** A folder was moved, and what is mounted in it with it. */
    void moved(Path from, Path to);

    /** Returns the mount points of a folder of which is known that it is on one file system. */
    static MountPoints none(Path root) {
        return new MountPoints() {
            @Override
            public Path root() {
                return root;
            }

            @Override
            public Path top(Path path) {
                return root;
            }

            @Override
            public boolean isAsFound(Path folder) {
                return true;
            }

            @Override
            public void moved(Path from, Path to) {
                // Nothing is mounted in it.
            }
        };
    }
}
