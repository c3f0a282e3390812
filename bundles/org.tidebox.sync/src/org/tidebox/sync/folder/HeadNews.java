package org.tidebox.sync.folder;

import org.tidebox.wire.PushedChanges;

/**
 * What is known of a library's head without asking the server.
 *
 * @param head the sequence that the server told, {@link #UNKNOWN_HEAD} or {@link #KNOWN_HEAD}
 * @param pushed changes that the server told and that lead there; {@code null} if it told none
 */
public record HeadNews(long head, PushedChanges pushed) {
    /** Stands for a head that is not known: the server is asked. */
    public static final long UNKNOWN_HEAD = -1;
    /** Stands for a head at which this device is already: the server is not asked. */
    public static final long KNOWN_HEAD = 0;
    /** Nothing: the server has to be asked. */
    public static final HeadNews UNKNOWN = new HeadNews(UNKNOWN_HEAD);
    /** That this device is there already: the server need not be asked. */
    public static final HeadNews KNOWN = new HeadNews(KNOWN_HEAD);

    /** News of a head only. */
    public HeadNews(long head) {
        this(head, null);
    }

    /** Returns what both say together, in whatever order they came. */
    public HeadNews join(HeadNews other) {
        long newest = Math.max(head, other.head);
        return new HeadNews(newest, PushedChanges.join(pushed, other.pushed, newest));
    }
}
