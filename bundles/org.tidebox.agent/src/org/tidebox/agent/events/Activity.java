package org.tidebox.agent.events;

import java.time.Instant;

/**
 * Something that was done.
 *
 * @param number rises with each entry, also over restarts
 * @param time when
 * @param directory the sync folder
 * @param path what it was done with, relative to the folder, with slashes
 * @param action what was done
 * @param upload whether it was told to the server; else it came from there
 * @param bytes the length of the content, sent or not; 0 where there is none
 */
public record Activity(long number, Instant time, String directory, String path, Action action, boolean upload,
        long bytes) {
    /** What can be done. */
    public enum Action {
        /** A new file, folder or link. */
        ADDED,
        /** Another content. */
        CHANGED,
        /** Another place or name. */
        MOVED,
        /** Other attributes, such as time or mode. */
        ATTRIBUTES,
        /** It is gone; it stays in the trash for a while. */
        DELETED,
        /** A conflict copy was made. */
        CONFLICT
    }
}
