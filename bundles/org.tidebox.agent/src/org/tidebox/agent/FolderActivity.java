package org.tidebox.agent;

/** What a sync folder is doing, as a person sees it. */
public enum FolderActivity {
    /** It rests because a person said so. */
    PAUSED,
    /** It looks for what changed. */
    SCANNING,
    /** It sends or fetches. */
    SYNCING,
    /** It is the same as the server's library, but for the listed problems. */
    UP_TO_DATE,
    /** It waits for the server, or for somebody to log in; local changes are noted. */
    WAITING,
    /** It stopped because a person must decide: {@code tidebox folder resume} goes on. */
    ASKING,
    /** Something failed; it tries again by itself. */
    FAILED
}
