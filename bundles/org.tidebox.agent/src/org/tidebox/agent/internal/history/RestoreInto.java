package org.tidebox.agent.internal.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.agent.RestoreReport;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.Subtree;

/** Writes a state into a directory; for one restore. */
record RestoreInto(FolderPast past, ChunkerRegistry chunkers, InstantSource clock,
        Consumer<Supplier<RestoreProgress>> progress) {
    RestoreReport restore(String path, Path directory, Selection selection)
            throws AgentException, RemoteException, InterruptedException {
        checkTarget(directory, selection);
        progress.accept(() -> RestoreProgress.of("asking the server"));
        Subtree.Totals totals = selection.count();
        Older older = new Older();
        try (Export export = new Export(directory, past.library(), past.connection(), chunkers, clock)) {
            progress.accept(() -> new RestoreProgress("writing", export.files() + export.unchanged(), totals.files(),
                    export.bytesDone(), totals.bytes()));
            selection.content(page -> {
                older.look(page);
                export.write(page);
            });
            export.finish();
            return older.report(path, directory.toString(), export, selection.taken());
        } catch (IOException e) {
            throw new AgentException("The directory " + directory + " cannot be written: " + e.getMessage(), false, e);
        }
    }

    private static void checkTarget(Path directory, Selection selection) throws AgentException {
        if (!selection.isTree() || !Files.exists(directory) || Export.isUnfinished(directory)) {
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
}
