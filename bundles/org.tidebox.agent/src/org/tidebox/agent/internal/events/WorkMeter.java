package org.tidebox.agent.internal.events;

import java.time.Instant;
import java.util.List;
import org.tidebox.agent.ContentTransfer;
import org.tidebox.agent.events.FolderProgress;
import org.tidebox.agent.internal.folders.FolderLook;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.WorkLeft;

/** Measures how far a folder has come since it last rested. */
final class WorkMeter {
    private final Speed speed = new Speed();
    private SyncTotals rested;
    private boolean wasScanning;

    FolderProgress measure(FolderLook look, Instant now) {
        SyncTotals totals = look.totals();
        if (rested == null || !look.isWorking()) {
            // Also where it was opened anew, and counts from nothing.
            rested = totals;
        }
        if (!look.isWorking()) {
            speed.stop();
            return FolderProgress.NONE;
        }
        if (look.isScanning() != wasScanning) {
            wasScanning = look.isScanning();
            speed.stop();
        }
        return look.isScanning() ? scan(look.left(), now) : transfers(look, totals.since(rested), now);
    }

    private FolderProgress scan(WorkLeft left, Instant now) {
        speed.mark(now, left.looked());
        return new FolderProgress(true, left.looked(), Math.max(left.looked(), left.known()), 0, 0, 0,
                speed.left(left.known() - left.looked()), List.of());
    }

    private FolderProgress transfers(FolderLook look, SyncTotals done, Instant now) {
        long underWay = look.transfers().stream().mapToLong(ContentTransfer::done).sum();
        long bytes = done.bytesUp() + done.bytesDown() + underWay;
        long total = Math.max(bytes, done.bytesUp() + done.bytesDown() + look.left().bytes());
        long files = done.changesUp() + done.changesDown();
        speed.mark(now, bytes);
        return new FolderProgress(false, files,
                files + look.summary().pendingUploads() + look.summary().pendingDownloads(), bytes, total,
                speed.perSecond(), speed.left(total - bytes), look.transfers());
    }
}
