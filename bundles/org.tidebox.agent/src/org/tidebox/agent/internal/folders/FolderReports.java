package org.tidebox.agent.internal.folders;

import java.nio.file.Path;
import java.util.List;
import org.tidebox.agent.ContentTransfer;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.events.FolderSummary;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.conflict.Conflict;
import org.tidebox.sync.conflict.Conflicts;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Transfer;
import org.tidebox.sync.folder.WorkLeft;

/** Tells how a sync folder is, in the words that faces show. */
record FolderReports(FolderDefinition definition, Path root, TreeStore trees, EntryCount entries) {

    private static final WorkLeft NOTHING_LEFT = new WorkLeft(0, 0, 0);

    FolderReport resting() throws TreeStoreException {
        TreeStore.Differences differences = trees.differences();
        FolderActivity activity = definition.paused() ? FolderActivity.PAUSED : FolderActivity.WAITING;
        FolderMessage message = definition.paused() ? null : new FolderMessage.NoAgent();
        return new FolderReport(root.toString(), definition.libraryName(), activity, message, trees.syncedCount(),
                trees.cursor(),
                trees.cursor(), differences.local(), differences.remote(), null, List.of(), SyncTotals.NONE, List.of(),
                conflicts(), definition.keepsExtended(), false, null);
    }

    FolderReport atWork(OpenFolder.Work work) throws TreeStoreException {
        FolderStatus status = work.engine().status();
        RemoteException remote = work.runner().remoteFailure();
        String failure = work.runner().failure();
        return new FolderReport(root.toString(), definition.libraryName(), activity(work, status, remote, failure),
                message(status, remote, failure), entries.of(status), status.cursor(), status.head(),
                status.pendingUploads(),
                status.pendingDownloads(), work.watch().provider(), status.transfers(), status.totals(),
                status.problems(),
                conflicts(), definition.keepsExtended(), needsPerson(status, remote), work.watch().notice());
    }

    FolderLook lookAtRest() throws TreeStoreException {
        FolderReport report = resting();
        return new FolderLook(summary(report.activity(), report.message(), report.pendingUploads(),
                report.pendingDownloads(), 0, report.conflicts().size()), false, false, SyncTotals.NONE, NOTHING_LEFT,
                List.of(), List.of(), report.conflicts());
    }

    FolderLook lookAtWork(OpenFolder.Work work) throws TreeStoreException {
        FolderStatus status = work.engine().status();
        RemoteException remote = work.runner().remoteFailure();
        String failure = work.runner().failure();
        FolderActivity activity = activity(status, remote, failure);
        List<String> conflicts = conflicts();
        boolean scans = activity == FolderActivity.SCANNING;
        return new FolderLook(summary(activity, message(status, remote, failure), status.pendingUploads(),
                status.pendingDownloads(), status.problems().size(), conflicts.size()),
                scans || activity == FolderActivity.SYNCING, scans, status.totals(), work.engine().workLeft(),
                status.transfers().stream().map(FolderReports::transfer).toList(), status.problems(), conflicts);
    }

    private FolderSummary summary(FolderActivity activity, FolderMessage message, long up, long down, long problems,
            long conflicts) {
        return new FolderSummary(root.toString(), definition.libraryName(), activity, message, up, down, problems,
                conflicts);
    }

    private static ContentTransfer transfer(Transfer transfer) {
        return new ContentTransfer(transfer.path(), transfer.upload(), transfer.done(), transfer.total());
    }

    /** Whoever waits for something else than a person waits for something that may come by itself. */
    private static boolean needsPerson(FolderStatus status, RemoteException remote) {
        return status.state() == FolderState.STOPPED_BY_VALVE || remote != null && remote.isPermanent()
                || status.problems().stream().anyMatch(problem -> !problem.retried());
    }

    private List<String> conflicts() throws TreeStoreException {
        return Conflicts.list(trees).stream().map(Conflict::path).toList();
    }

    /** What was just found to be moved or mounted is looked at right now. */
    private static FolderActivity activity(OpenFolder.Work work, FolderStatus status, RemoteException remote,
            String failure) {
        FolderActivity activity = activity(status, remote, failure);
        return activity == FolderActivity.UP_TO_DATE && work.watch().isMovedOrMounted()
                ? FolderActivity.SCANNING
                : activity;
    }

    private static FolderActivity activity(FolderStatus status, RemoteException remote, String failure) {
        if (failure != null) {
            return FolderActivity.FAILED;
        }
        return switch (status.state()) {
            case SCANNING -> FolderActivity.SCANNING;
            case SYNCING -> FolderActivity.SYNCING;
            case STOPPED_BY_VALVE -> FolderActivity.ASKING;
            case IDLE, ERROR -> resting(status, remote);
        };
    }

    private static FolderActivity resting(FolderStatus status, RemoteException remote) {
        if (remote != null) {
            return remote.getReason() == RemoteException.Reason.REFUSED
                    ? FolderActivity.FAILED
                    : FolderActivity.WAITING;
        }
        if (status.state() == FolderState.ERROR) {
            return FolderActivity.FAILED;
        }
        return status.isQuiet() || !status.problems().isEmpty() ? FolderActivity.UP_TO_DATE : FolderActivity.SYNCING;
    }

    private static FolderMessage message(FolderStatus status, RemoteException remote, String failure) {
        if (failure != null) {
            return new FolderMessage.Failed(failure);
        }
        if (status.message() != null) {
            return status.message();
        }
        return remote == null ? null : new FolderMessage.Failed(remote.getMessage());
    }
}
