package org.tidebox.agent;

/** How to settle a conflict. What is let go stays in the history or the trash. */
public enum ConflictChoice {
    /** Keep {@link ConflictReport#mine()} under the original name. */
    MINE,
    /** Keep {@link ConflictReport#theirs()} under the original name. */
    THEIRS,
    /** Keep what was modified last under the original name. */
    NEWEST,
    /** Keep both; the copy gets a name that tells of no conflict any more. */
    BOTH,
    /** Merge two texts; refused where both changed the same lines. */
    MERGE,
    /** Merge two texts; lines that both changed are marked in the file. */
    MERGE_WITH_MARKERS
}
