package org.tidebox.agent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.agent.RestoreReport;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.sync.Problem;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PastTree.Placed;
import org.tidebox.sync.past.Restorer;

/** Brings selected states back. Thread-safe; progress is that of the restore that began last. */
final class Restoring {
    private static final DateTimeFormatter MARK = DateTimeFormatter.ofPattern("'restored' uuuu-MM-dd HHmmss");
    /** Edits that are still on their way after this become conflict copies, as ever: nothing is lost by going on. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChunkerRegistry chunkers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile Supplier<RestoreProgress> progress = () -> RestoreProgress.NONE;

    Restoring(ChunkerRegistry chunkers, InstantSource clock, RandomGenerator random) {
        this.chunkers = chunkers;
        this.clock = clock;
        this.random = random;
    }

    RestoreProgress progress() {
        return progress.get();
    }

    /** Lets what was edited here be uploaded; a folder that rests or asks is refused. */
    void settle(FolderPast past) throws AgentException, RemoteException {
        OpenFolder folder = past.folder();
        if (folder.definition().paused()) {
            throw new AgentException("The folder " + folder.root()
                    + " rests; 'tidebox folder resume' first, or write elsewhere with --to DIR");
        }
        past.connection().info();
        if (!sync(folder, PATIENCE)) {
            throw new AgentException("The folder " + folder.root()
                    + " waits for you: see 'tidebox status'; or write elsewhere with --to DIR", false);
        }
    }

    /** Waits until this device has what was told to the server. */
    void follow(FolderPast past) throws AgentException {
        if (!sync(past.folder(), PATIENCE)) {
            throw new AgentException("It is done on the server, but not here yet: see 'tidebox status'", false);
        }
    }

    /** Brings states back as new versions, and waits until this device has them. */
    RestoreReport inPlace(FolderPast past, String path, List<Selection> selections)
            throws AgentException, RemoteException, TreeStoreException {
        begin("asking the server");
        try {
            Restorer restorer = new Restorer(past.connection(), past.connection(), past.library(),
                    past.folder().trees(), random, MARK.format(clock.instant().atZone(ZoneId.systemDefault())));
            for (Selection selection : selections) {
                bring(restorer, selection);
            }
            Restorer.Result result = restorer.finish();
            begin("waiting until this device has it");
            past.folder().moved(result.head());
            List<Problem> problems = sync(past.folder(), Duration.ofDays(1))
                    ? result.problems()
                    : with(result.problems(), new Problem(path, "it is restored on the server, but not here yet:"
                            + " see 'tidebox status'"));
            return new RestoreReport(path, null, result.files(), result.others(), result.bytes(), result.unchanged(),
                    result.renamed(), problems);
        } finally {
            progress = () -> RestoreProgress.NONE;
        }
    }

    /** Writes a state into a directory. */
    RestoreReport into(FolderPast past, String path, Path directory, Selection selection)
            throws AgentException, RemoteException {
        checkTarget(directory, selection);
        begin("asking the server");
        try (Export export = new Export(directory, past.library(), past.connection(), chunkers, clock)) {
            long total = selection.isTree() ? selection.tree().bytesBelow(selection.folder()) : size(selection.top());
            progress = () -> new RestoreProgress("writing", export.bytesDone(), total);
            if (selection.isTree()) {
                selection.relative(export::write);
            } else {
                export.write(List.of(new Placed(selection.top().node().name(), selection.top().node())));
            }
            export.finish();
            return new RestoreReport(path, directory.toString(), export.files(), export.others(), export.bytesDone(),
                    0, List.of(), export.problems());
        } catch (IOException e) {
            throw new AgentException("The directory " + directory + " cannot be written: " + e.getMessage(), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("The restore was interrupted; " + directory + " holds what came before", false, e);
        } finally {
            progress = () -> RestoreProgress.NONE;
        }
    }

    private void bring(Restorer restorer, Selection selection)
            throws RemoteException, TreeStoreException, AgentException {
        if (selection.top() != null) {
            restorer.bringFolder(selection.top().node().parent());
            restorer.bring(List.of(selection.top()), selection.stay());
        }
        if (selection.isTree()) {
            try {
                selection.below(page -> bringPage(restorer, page));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AgentException("The restore was interrupted; do it again to go on", false, e);
            }
        }
    }

    private static void bringPage(Restorer restorer, List<Placed> page) throws RemoteException {
        try {
            restorer.bring(page, false);
        } catch (TreeStoreException e) {
            throw new RemoteException(RemoteException.Reason.FAILED, e.getMessage(), e);
        }
    }

    /** Lets a folder work until it is quiet or needs a person; returns false if the latter, also if it takes long. */
    static boolean sync(OpenFolder folder, Duration longest) throws AgentException {
        folder.start();
        try {
            return folder.synced().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new AgentException("Waiting for " + folder.root() + " ended by an error: "
                    + e.getCause().getMessage(), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("Waiting for " + folder.root() + " was interrupted", false, e);
        }
    }

    private static void checkTarget(Path directory, Selection selection) throws AgentException {
        if (!selection.isTree() || !Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new AgentException(directory + " is not empty; name a directory that is empty or missing");
            }
        } catch (IOException e) {
            throw new AgentException(directory + " cannot be read as a directory: " + e.getMessage(), true, e);
        }
    }

    private void begin(String phase) {
        progress = () -> new RestoreProgress(phase, 0, 0);
    }

    private static long size(Placed placed) {
        return placed.node().recipe() == null ? 0 : placed.node().recipe().size();
    }

    private static List<Problem> with(List<Problem> problems, Problem more) {
        return Stream.concat(problems.stream(), Stream.of(more)).toList();
    }
}
