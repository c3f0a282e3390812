package org.tidebox.agent;

import java.util.List;
import org.tidebox.sync.folder.Problem;

/**
 * What became of conflicts that a person settled.
 *
 * @param files how many files are settled
 * @param problems which ones are not, and why; they are as they were
 */
public record ConflictsSettled(int files, List<Problem> problems) {
    /** Freezes the list. */
    public ConflictsSettled {
        problems = List.copyOf(problems);
    }
}
