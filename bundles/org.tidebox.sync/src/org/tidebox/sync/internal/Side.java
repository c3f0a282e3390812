package org.tidebox.sync.internal;

/** The two trees that change. */
public enum Side {
    /** The disk. */
    LOCAL,
    /** The server. */
    REMOTE
}
