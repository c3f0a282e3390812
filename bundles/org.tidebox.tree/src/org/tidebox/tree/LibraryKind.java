package org.tidebox.tree;

/** What a library is for. */
public enum LibraryKind {
    /** Folders that are the same on all devices. */
    SYNC,
    /** Backups of application data. */
    APPS,
    /** The box of small things. */
    BOX
}
