package org.tidebox.sync.internal.trees;

/** The two trees that change. */
public enum Side {
    /** The disk. */
    LOCAL,
    /** The server. */
    REMOTE
}
