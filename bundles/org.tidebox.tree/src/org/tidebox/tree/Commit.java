package org.tidebox.tree;

import java.util.List;

/**
 * A batch of changes to one library, applied in order in one transaction.
 *
 * @param id the same id again gives the same answer and changes nothing
 * @param changes in the order in which they apply: a folder before what is put into it, children before their deleted
 *        folder
 * @param seen the newest mark of the library that the sender knows; if the library's history has another one there, it
 *        was set back, and the commit is refused. {@code null} if the sender knows none
 * @param confirmed {@code true} if a person looked at a large deletion and confirmed it, and this is part of it: then no
 *        other device needs to ask again; else {@code null}
 */
public record Commit(CommitId id, List<Change> changes, Mark seen, Boolean confirmed) {
    /** Freezes the list. */
    public Commit {
        changes = List.copyOf(changes);
    }

    /** A commit that nobody had to confirm. */
    public Commit(CommitId id, List<Change> changes, Mark seen) {
        this(id, changes, seen, null);
    }

    /** A commit of a sender who knows no mark. */
    public Commit(CommitId id, List<Change> changes) {
        this(id, changes, null);
    }

    /** Returns whether a person confirmed it. */
    public boolean isConfirmed() {
        return Boolean.TRUE.equals(confirmed);
    }

    /** Returns the same commit as one that nobody confirmed. */
    public Commit withoutConfirmation() {
        return new Commit(id, changes, seen);
    }
}
