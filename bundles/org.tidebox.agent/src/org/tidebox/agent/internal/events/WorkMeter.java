package org.tidebox.agent.internal.events;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
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
    private long bytes;
    private long bytesTotal;

    FolderProgress measure(FolderLook look, Instant now) {
        SyncTotals totals = look.totals();
        if (rested == null || !look.isWorking()) {
            // Also where it was opened anew, and counts from nothing.
            rested = totals;
        }
        if (!look.isWorking()) {
            bytes = 0;
            bytesTotal = 0;
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
        long finished = done.bytesUp() + done.bytesDown();
        // A content that is through leaves the transfers a moment before it counts as done.
        bytes = Math.max(bytes, finished + sum(look, transfer -> true, ContentTransfer::done));
        long down = Math.max(look.left().bytes(), sum(look, transfer -> !transfer.upload(), ContentTransfer::total));
        bytesTotal = Math.max(Math.max(bytes, bytesTotal),
                finished + down + sum(look, ContentTransfer::upload, ContentTransfer::total));
        long files = done.changesUp() + done.changesDown();
        speed.mark(now, bytes);
        return new FolderProgress(false, files,
                files + look.summary().pendingUploads() + look.summary().pendingDownloads(), bytes, bytesTotal,
                speed.perSecond(), speed.left(bytesTotal - bytes), look.transfers());
    }

    private static long sum(FolderLook look, Predicate<ContentTransfer> which, ToLongFunction<ContentTransfer> what) {
        return look.transfers().stream().filter(which).mapToLong(what).sum();
    }
}
