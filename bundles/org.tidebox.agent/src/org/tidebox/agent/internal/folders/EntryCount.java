package org.tidebox.agent.internal.folders;

import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.SyncTotals;

/** How many entries of a folder are synced: counted anew only when a folder has come to rest after a change, since counting takes time. */
final class EntryCount {
    private final TreeStore trees;
    private SyncTotals countedAt;
    private long entries;

    EntryCount(TreeStore trees) {
        this.trees = trees;
    }

    synchronized long of(FolderStatus status) throws TreeStoreException {
        boolean resting = status.state() != FolderState.SCANNING && status.state() != FolderState.SYNCING;
        if (countedAt == null || resting && !countedAt.equals(status.totals())) {
            entries = trees.syncedCount();
            countedAt = resting ? status.totals() : SyncTotals.NONE;
        }
        return entries;
    }
}
