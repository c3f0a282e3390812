package org.tidebox.tree;

import java.util.List;

/**
 * A batch of changes to one library, applied in order in one transaction.
 *
 * @param id the same id again gives the same answer and changes nothing
 * @param changes in the order in which they apply: a folder before what is put into it, children before their deleted
 *        folder
 */
public record Commit(CommitId id, List<Change> changes) {
    /** Freezes the list. */
    public Commit {
        changes = List.copyOf(changes);
    }
}
