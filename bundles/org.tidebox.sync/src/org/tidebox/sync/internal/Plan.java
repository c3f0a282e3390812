package org.tidebox.sync.internal;

import java.util.List;

/**
 * What to do next, in order. All local steps come before all uploads.
 *
 * @param local steps on the disk
 * @param uploads steps on the server
 */
public record Plan(List<Operation> local, List<Operation.Upload> uploads) {
    /** Freezes the lists. */
    public Plan {
        local = List.copyOf(local);
        uploads = List.copyOf(uploads);
    }

    /** Returns whether there is nothing to do. */
    public boolean isEmpty() {
        return local.isEmpty() && uploads.isEmpty();
    }
}
