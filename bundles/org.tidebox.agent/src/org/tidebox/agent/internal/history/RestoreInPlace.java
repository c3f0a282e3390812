package org.tidebox.agent.internal.history;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.agent.RestoreReport;
import org.tidebox.agent.internal.folders.Calm;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Transfer;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.past.Restorer;
import org.tidebox.sync.past.Subtree;

/** Brings states back as new versions, and waits until this device has them; for one restore. */
record RestoreInPlace(FolderPast past, Restorer restorer, Consumer<Supplier<RestoreProgress>> progress) {
    private static final Duration LONGEST = Duration.ofDays(1);

    RestoreReport restore(String path, List<String> paths, List<Selection> selections)
            throws AgentException, RemoteException, TreeStoreException, InterruptedException {
        progress.accept(() -> RestoreProgress.of("asking the server"));
        SyncTotals before = past.folder().report().totals();
        Subtree.Totals totals = Subtree.Totals.NONE;
        for (Selection selection : selections) {
            totals = totals.plus(selection.count());
        }
        long count = totals.files() + totals.others();
        progress.accept(() -> new RestoreProgress("bringing back", Math.min(count, restorer.dealtWith()), count, 0, 0));
        Older older = new Older();
        for (Selection selection : selections) {
            bring(selection, older);
        }
        Restorer.Result result = restorer.finish();
        progress.accept(() -> fetching(before, result));
        past.folder().moved(new HeadNews(result.head()));
        List<Problem> problems = Stream.concat(result.problems().stream(),
                Calm.after(past.folder(), paths, LONGEST).stream()).toList();
        FileVersion taken = selections.size() == 1 ? selections.getFirst().taken() : null;
        return older.report(path, result, taken, problems);
    }

    private void bring(Selection selection, Older older)
            throws RemoteException, TreeStoreException, InterruptedException {
        if (selection.top() != null) {
            restorer.bringFolder(selection.top().node().parent());
            restorer.bring(List.of(selection.top()), selection.stay());
        }
        if (selection.isTree()) {
            selection.below().read(page -> {
                older.look(page);
                bringPage(page);
            });
        } else {
            older.look(List.of(selection.top()));
        }
    }

    private void bringPage(List<PlacedNode> page) throws RemoteException {
        try {
            restorer.bring(page, false);
        } catch (TreeStoreException e) {
            throw new RemoteException(RemoteException.Reason.FAILED, e.getMessage(), e);
        }
    }

    private static String phase(FolderReport folder) {
        return switch (folder.activity()) {
            case SCANNING -> "waiting for the folder, which looks for changes, and fetching";
            case WAITING, FAILED -> "waiting for the folder"
                    + (folder.message() instanceof FolderMessage.Failed failed ? ": " + failed.detail() : "");
            default -> folder.pendingUploads() > 0
                    ? "waiting for " + folder.pendingUploads() + " changes on their way to the server, and fetching"
                    : "fetching";
        };
    }

    private RestoreProgress fetching(SyncTotals before, Restorer.Result result) {
        try {
            FolderReport now = past.folder().report();
            SyncTotals done = now.totals().since(before);
            long underWay = now.transfers().stream().mapToLong(Transfer::done).sum();
            return new RestoreProgress(phase(now), Math.min(result.files(), done.filesDown()), result.files(),
                    Math.min(result.bytes(), done.bytesDown() + underWay), result.bytes());
        } catch (AgentException e) {
            return RestoreProgress.of("fetching");
        }
    }
}
