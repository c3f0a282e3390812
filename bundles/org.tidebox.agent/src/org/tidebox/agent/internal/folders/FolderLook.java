package org.tidebox.agent.internal.folders;

import java.util.List;
import org.tidebox.agent.ContentTransfer;
import org.tidebox.agent.events.FolderSummary;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.WorkLeft;

/**
 * A quick look at a folder.
 *
 * @param summary in short
 * @param isWorking whether it scans, sends or fetches now
 * @param isScanning whether it looks for changes now
 * @param totals what was done since it was opened
 * @param left how much there is to do, and to look at
 * @param transfers contents on their way
 * @param problems what cannot be synchronised
 * @param conflicts the conflict copies, relative to the folder
 */
public record FolderLook(FolderSummary summary, boolean isWorking, boolean isScanning, SyncTotals totals,
        WorkLeft left, List<ContentTransfer> transfers, List<Problem> problems, List<String> conflicts) {
}
