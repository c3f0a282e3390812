package org.tidebox.server.upkeep;

import java.util.List;

/**
 * What was let go.
 *
 * @param versions how many old versions retention removed
 * @param nodes how many deleted nodes left the trash
 * @param chunks how many chunks were freed
 * @param bytes the bytes of their frames
 * @param waitingChunks how many chunks nothing names, kept for uploads in flight
 * @param waitingBytes the bytes of their frames
 * @param packsDeleted how many packs were deleted
 * @param packsWritten how many of those had their live chunks copied to other packs first
 * @param diskBytes how many bytes the packs take less than before
 * @param problems what kept anything from being freed, one sentence each
 */
public record GcReport(long versions, long nodes, long chunks, long bytes, long waitingChunks, long waitingBytes,
        long packsDeleted, long packsWritten, long diskBytes, List<String> problems) {
    /** Freezes the list. */
    public GcReport {
        problems = List.copyOf(problems);
    }
}
