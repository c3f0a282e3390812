package org.tidebox.watch;

import java.nio.file.Path;
import java.util.Set;

/**
 * Hears of changes in a watched tree. Paths are relative to the root; the root itself is the empty path. Calls of one
 * watch come one at a time; they should return soon, since the system drops events that nobody fetches (then {@link
 * #doubt} follows).
 */
public interface WatchListener {
    /**
     * The entries of these folders changed: some were made, removed, renamed, or have other content or attributes. A
     * folder may be gone by now, and may be reported although it is unchanged.
     */
    void changed(Set<Path> folders);

    /**
     * Anything may have changed in this folder and below it, such as when it is new or when events were lost: scan it.
     */
    void doubt(Path subtree);

    /**
     * The watch ended by itself, and this is the last call: the root is gone, or a limit was reached. Changes from now
     * on are missed.
     */
    void failed(WatchException cause);
}
