package org.tidebox.agent.events;

/** What an event is about. */
public enum EventKind {
    /** Who is logged in, and how it stands with the server. */
    ACCOUNT,
    /** What a folder is doing. */
    FOLDER,
    /** How far a folder has come with what it is doing. */
    PROGRESS,
    /** An entry that cannot be synchronised. */
    PROBLEM,
    /** A question to the person. */
    QUESTION,
    /** A conflict copy that waits for a choice. */
    CONFLICT,
    /** Something that was done. */
    ACTIVITY
}
