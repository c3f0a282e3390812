package org.tidebox.sync.internal.disk;

import java.nio.file.Path;

/** How a path below a folder is shown to people and told to others. */
public final class ShownPath {
    private ShownPath() {
    }

    /** Returns a path relative to the root, with slashes. */
    public static String of(Path root, Path path) {
        return root.relativize(path).toString().replace(root.getFileSystem().getSeparator(), "/");
    }
}
