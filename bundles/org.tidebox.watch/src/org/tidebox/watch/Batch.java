package org.tidebox.watch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was noticed since the last batch; no path lies in another one's doubtful subtree.
 *
 * @param changed folders whose entries changed
 * @param doubts folders below which anything may have changed
 */
public record Batch(Set<Path> changed, Set<Path> doubts) {
    /** Makes a batch, leaving out what lies within a doubtful subtree anyway. */
    public static Batch of(Collection<Path> changed, Collection<Path> doubts) {
        Set<Path> all = Set.copyOf(doubts);
        return new Batch(filter(changed, folder -> !all.contains(folder) && !isBelowAny(folder, all)),
                filter(all, subtree -> !isBelowAny(subtree, all)));
    }

    /** Tells the listener everything. */
    public void deliver(WatchListener listener) {
        if (!changed.isEmpty()) {
            listener.changed(changed);
        }
        doubts.forEach(listener::doubt);
    }

    private static Set<Path> filter(Collection<Path> paths, Predicate<Path> kept) {
        return paths.stream().filter(kept).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isBelowAny(Path path, Set<Path> folders) {
        if (path.toString().isEmpty()) {
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
