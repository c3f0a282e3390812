package org.tidebox.sync.internal.plan;

import java.util.List;

/**
 * What to do next, in order. All local steps come before all uploads.
 *
 * @param local steps on the disk
 * @param uploads steps on the server
 * @param held what the rules hold back
 */
public record Plan(List<Operation> local, List<Operation.Upload> uploads, List<Goal> held) {
    /** Freezes the lists. */
    public Plan {
        local = List.copyOf(local);
        uploads = List.copyOf(uploads);
        held = List.copyOf(held);
    }

    /** Returns the length of all contents that are to be fetched. */
    public long bytesDown() {
        return local.stream().mapToLong(
                step -> step instanceof Operation.Download download ? download.node().recipe().size() : 0).sum();
    }

    /** Returns whether there is nothing to do. */
    public boolean isEmpty() {
        return local.isEmpty() && uploads.isEmpty();
    }
}
