package org.tidebox.sync;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where to look for local changes. Paths are relative to the root of the folder, or absolute below it; the empty path
 * is the root.
 *
 * @param folders look at their entries only, and into entries that are new there
 * @param subtrees look at everything in them
 */
public record ScanScope(Set<Path> folders, Set<Path> subtrees) {
    /** Nowhere. */
    public static final ScanScope NOTHING = new ScanScope(Set.of(), Set.of());
    /** Everywhere. */
    public static final ScanScope EVERYTHING = new ScanScope(Set.of(), Set.of(Path.of("")));

    /** Freezes the sets. */
    public ScanScope {
        folders = Set.copyOf(folders);
        subtrees = Set.copyOf(subtrees);
    }

    /** Returns a scope for the entries of some folders, as a watcher names them. */
    public static ScanScope folders(Set<Path> changed) {
        return new ScanScope(changed, Set.of());
    }

    /** Returns whether there is nothing to look at. */
    public boolean isEmpty() {
        return folders.isEmpty() && subtrees.isEmpty();
    }
}
