package org.tidebox.sync.folder;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Where to look for local changes. Paths are relative to the root of the folder, or absolute below it; the empty path
 * is the root.
 *
 * @param there look at these entries alone; one that is missing is taken for gone only when that is told, too
 * @param gone look at these entries alone, of which somebody saw that they left their places; where they went is told
 *        along with it
 * @param folders look at all entries of these folders, and into entries that are new there
 * @param subtrees look at everything in these folders
 */
public record ScanScope(Set<Path> there, Set<Path> gone, Set<Path> folders, Set<Path> subtrees) {
    /** Nowhere. */
    public static final ScanScope NOTHING = new ScanScope(Set.of(), Set.of(), Set.of(), Set.of());
    /** Everywhere. */
    public static final ScanScope EVERYTHING = subtrees(Set.of(Path.of("")));

    /** Freezes the sets. */
    public ScanScope {
        there = Set.copyOf(there);
        gone = Set.copyOf(gone);
        folders = Set.copyOf(folders);
        subtrees = Set.copyOf(subtrees);
    }

    /** Returns a scope for single entries, as a watcher names them. */
    public static ScanScope entries(Set<Path> there, Set<Path> gone) {
        return new ScanScope(there, gone, Set.of(), Set.of());
    }

    /** Returns a scope for the entries of some folders. */
    public static ScanScope folders(Set<Path> changed) {
        return new ScanScope(Set.of(), Set.of(), changed, Set.of());
    }

    /** Returns a scope for everything in some folders. */
    public static ScanScope subtrees(Set<Path> doubtful) {
        return new ScanScope(Set.of(), Set.of(), Set.of(), doubtful);
    }

    /** Returns a scope for what either of two asks for. */
    public ScanScope and(ScanScope other) {
        return new ScanScope(join(there, other.there), join(gone, other.gone), join(folders, other.folders),
                join(subtrees, other.subtrees));
    }

    /** Returns whether there is nothing to look at. */
    public boolean isEmpty() {
        return there.isEmpty() && gone.isEmpty() && folders.isEmpty() && subtrees.isEmpty();
    }

    private static Set<Path> join(Set<Path> some, Set<Path> more) {
        Set<Path> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
