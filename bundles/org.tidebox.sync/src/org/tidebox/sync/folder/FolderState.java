package org.tidebox.sync.folder;

/** What a sync folder is doing. */
public enum FolderState {
    /** Nothing: all is the same on both sides, but for the listed problems. */
    IDLE,
    /** Looking for local changes. */
    SCANNING,
    /** Making both sides the same. */
    SYNCING,
    /** Stopped, because going on might delete what the user wants to keep; asks. */
    STOPPED_BY_VALVE,
    /** The last run failed; the message says why. */
    ERROR
}
