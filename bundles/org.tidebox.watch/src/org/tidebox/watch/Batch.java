package org.tidebox.watch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was noticed since the last batch; no path lies in another one's doubtful subtree, and no entry in one of the
 * folders.
 *
 * @param there entries that were made, or have another content or other attributes
 * @param gone entries that left their places
 * @param folders folders of which any entry may have changed
 * @param doubts folders below which anything may have changed
 */
public record Batch(Set<Path> there, Set<Path> gone, Set<Path> folders, Set<Path> doubts) {
    /** Makes a batch, leaving out what lies within a doubtful subtree anyway. */
    public static Batch of(EntryChanges changes, Collection<Path> doubts) {
        Set<Path> all = Set.copyOf(doubts);
        Set<Path> folders = filter(changes.folders(), folder -> !all.contains(folder) && !isBelowAny(folder, all));
        Predicate<Path> isKept = entry -> !folders.contains(EntryChanges.folderOf(entry)) && !isBelowAny(entry, all);
        return new Batch(filter(changes.there(), isKept), filter(changes.gone(), isKept), folders, outermost(all));
    }

    /** Returns those of some folders that lie in none of the others. */
    public static Set<Path> outermost(Set<Path> folders) {
        return filter(folders, folder -> !isBelowAny(folder, folders));
    }

    /** Tells the listener everything. */
    public void deliver(WatchListener listener) {
        if (!there.isEmpty() || !gone.isEmpty()) {
            listener.changed(there, gone);
        }
        if (!folders.isEmpty()) {
            listener.changedIn(folders);
        }
        doubts.forEach(listener::doubt);
    }

    private static Set<Path> filter(Collection<Path> paths, Predicate<Path> kept) {
        return paths.stream().filter(kept).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isBelowAny(Path path, Set<Path> folders) {
        if (folders.isEmpty() || path.toString().isEmpty()) {
            return false;
        }
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (folders.contains(above)) {
                return true;
            }
        }
        return folders.contains(path.getFileSystem().getPath(""));
    }
}
