package org.tidebox.watch;

import java.nio.file.Path;

/** A tree cannot be watched, or no longer. */
public final class WatchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** The root is not there, is no folder, or another folder took its place. */
        ROOT_GONE,
        /** The system allows no more watches; another watcher may do. */
        LIMIT_REACHED,
        /** The file system reported an error. */
        IO
    }

    private final Reason reason;
    private final transient Path root;

    /** Says of which root what went wrong, and what the user can do. */
    public WatchException(Reason reason, Path root, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.root = root;
    }

    /** Makes the exception for a root that is not there (any more). */
    public static WatchException rootGone(Path root) {
        return new WatchException(Reason.ROOT_GONE, root, "The folder " + root
                + " is gone, is no folder, or was replaced by another one; "
                + "put it back, or remove it from the synchronised folders", null);
    }

    /** Returns what went wrong. */
    public Reason getReason() {
        return reason;
    }

    /** Returns the root of the tree; {@code null} after deserialisation. */
    public Path getRoot() {
        return root;
    }

    /**
     * Returns whether the same call fails again unless somebody changes something: so it is with all but errors of the
     * file system.
     */
    public boolean isPermanent() {
        return reason != Reason.IO;
    }
}
