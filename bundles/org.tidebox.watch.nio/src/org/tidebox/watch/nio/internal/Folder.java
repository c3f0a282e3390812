package org.tidebox.watch.nio.internal;

import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.Map;

/** A folder being watched. */
final class Folder {
    /** The place, relative to the root. */
    final Path path;
    /** Stands for the folder in the system; {@code null} if the system did not let us watch it. */
    final WatchKey key;
    final Map<String, Folder> children = new HashMap<>();

    Folder(Path path, WatchKey key) {
        this.path = path;
        this.key = key;
    }

    /** Returns the place of an entry of the root folder or of this one. */
    Path resolve(Path name) {
        return path.toString().isEmpty() ? name : path.resolve(name);
    }
}
