package org.tidebox.watch;

import java.nio.file.Path;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of changes in a watched tree. Paths are relative to the root; the root itself is the empty path. Calls of one
 * watch come one at a time; they should return soon, since the system drops events that nobody fetches (then {@link
 * #doubt} follows).
 */
@ConsumerType
public interface WatchListener {
    /**
     * These entries changed; of each the last word counts. An entry that was moved within the tree is told gone from its
     * old place and there at its new one in the same call. What has happened since, a later call tells.
     *
     * @param there entries that were made, moved here, or have another content or other attributes; perhaps unchanged
     * @param gone entries that were deleted or moved away
     */
    void changed(Set<Path> there, Set<Path> gone);

    /**
     * Any of the entries of these folders may have changed: nobody knows which. A folder may be gone by now, and may be
     * told although it is unchanged.
     */
    void changedIn(Set<Path> folders);

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
