package org.tidebox.sync.folder;

/**
 * An entry that is not the same on both sides at present, and why.
 *
 * @param path relative to the root, with slashes
 * @param reason what is in the way
 * @param retried whether it may go away by itself: it is new, and tried again soon. What is not stays until a person does
 *        something about it
 */
public record Problem(String path, Obstacle reason, boolean retried) {
    /** Tells of one that stays until a person does something about it. */
    public Problem(String path, Obstacle reason) {
        this(path, reason, false);
    }
}
