package org.tidebox.sync.folder;

import java.util.List;

/**
 * A snapshot of what a sync folder is doing.
 *
 * @param state in one word
 * @param message what went wrong, for {@code ERROR}, or what it asks, for {@code STOPPED_BY_VALVE}; else mostly {@code null}
 * @param pendingUploads nodes that differ here and are to be told to the server
 * @param pendingDownloads nodes that differ on the server and are to be applied here
 * @param transfers contents on their way
 * @param totals what was done since the folder was opened
 * @param cursor the journal has been read up to this sequence
 * @param head the highest head of the library heard of
 * @param problems what cannot be the same at present
 * @param conflicts copies made since the folder was opened
 */
public record FolderStatus(FolderState state, FolderMessage message, long pendingUploads, long pendingDownloads,
        List<Transfer> transfers,
        SyncTotals totals, long cursor, long head, List<Problem> problems, List<ConflictCopy> conflicts) {

    /** Freezes the lists. */
    public FolderStatus {
        transfers = List.copyOf(transfers);
        problems = List.copyOf(problems);
        conflicts = List.copyOf(conflicts);
    }

    /** Returns whether it rests with nothing left to do but the listed problems. */
    public boolean isQuiet() {
        return state == FolderState.IDLE && cursor >= head && pendingUploads + pendingDownloads == 0;
    }
}
