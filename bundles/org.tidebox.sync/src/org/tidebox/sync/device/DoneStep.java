package org.tidebox.sync.device;

/**
 * Something that was done to make both sides the same.
 *
 * @param action what
 * @param path of the entry, relative to the root, with slashes
 * @param upload whether it was told to the server; else it came from there
 * @param bytes the length of the content, sent or not; 0 where there is none
 */
public record DoneStep(Action action, String path, boolean upload, long bytes) {
    /** What can be done. */
    public enum Action {
        /** A new entry. */
        ADDED,
        /** Another content. */
        CHANGED,
        /** Another place or name. */
        MOVED,
        /** Other attributes. */
        ATTRIBUTES,
        /** It is gone; of a folder that goes with all that is in it the folder alone is told. */
        DELETED,
        /** A conflict copy was made. */
        CONFLICT
    }
}
