package org.tidebox.server.admin;

import java.util.List;

/**
 * What a collection of garbage did.
 *
 * @param versions how many old versions retention removed
 * @param nodes how many deleted files and folders left the trash
 * @param chunks how many chunks were freed
 * @param bytes the bytes that they took
 * @param waitingChunks how many chunks nothing names, kept for uploads in flight
 * @param waitingBytes the bytes that they take
 * @param packsDeleted how many packs were deleted
 * @param packsWritten how many of those had their live chunks copied first
 * @param diskBytes how many bytes the packs take less than before
 * @param problems what kept anything from being freed, one sentence each
 */
public record GcResult(long versions, long nodes, long chunks, long bytes, long waitingChunks, long waitingBytes,
        long packsDeleted, long packsWritten, long diskBytes, List<String> problems) {
}
