package org.tidebox.sync.folder;

/**
 * An entry that is not the same on both sides at present, and why.
 *
 * @param path relative to the root, with slashes
 * @param reason a sentence for a person
 * @param retried whether it may go away by itself: it is new, and tried again soon. What is not stays until a person does
 *        something about it
 */
public record Problem(String path, String reason, boolean retried) {
    /** Tells of one that stays until a person does something about it. */
    public Problem(String path, String reason) {
        this(path, reason, false);
    }
}
