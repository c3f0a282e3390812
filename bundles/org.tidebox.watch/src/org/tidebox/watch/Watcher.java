package org.tidebox.watch;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** A way to notice changes in directory trees. Thread-safe. A service. */
@ProviderType
public interface Watcher {
    /** The service property that holds {@link #name()}. */
    String PROVIDER = "tidebox.provider";

    /** Returns the name by which operators choose this watcher. */
    String name();

    /**
     * Begins to watch a folder and everything below it. What changes after this method returned is reported; what
     * changed before is for the caller to find by a scan. Symbolic links below the root are never followed.
     *
     * @param root the folder; may itself be a symbolic link to one
     * @param ignored tells of a folder, given relative to the root, whether it and everything below it stays unwatched;
     *        called from several threads, never with the root itself, perhaps with the place of something that is no
     *        folder
     * @param listener gets what was noticed
     * @return the watch, which the caller closes
     * @throws WatchException if the root is no readable folder, or the system has no room for a watch of this size
     */
    Watch watch(Path root, Predicate<Path> ignored, WatchListener listener) throws WatchException;
}
