package org.tidebox.tree;

/** What a node is. */
public enum NodeKind {
    /** A regular file with a content. */
    FILE,
    /** A folder that other nodes live in. */
    FOLDER,
    /** A symbolic link with a target text; never followed. */
    LINK
}
