package org.tidebox.agent.internal.history;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.agent.RestoreReport;
import org.tidebox.agent.internal.folders.Calm;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.past.Restorer;

/** Brings selected states back. Thread-safe; progress is that of the restore that began last. */
public final class Restoring {
    private static final DateTimeFormatter MARK = DateTimeFormatter.ofPattern("'restored' uuuu-MM-dd HHmmss");

    private final ChunkerRegistry chunkers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile Supplier<RestoreProgress> progress = () -> RestoreProgress.NONE;

    public Restoring(ChunkerRegistry chunkers, InstantSource clock, RandomGenerator random) {
        this.chunkers = chunkers;
        this.clock = clock;
        this.random = random;
    }

    RestoreProgress progress() {
        return progress.get();
    }

    /** Lets what was edited here at some places be uploaded, as {@link Calm#before} does. */
    void calm(FolderPast past, Collection<String> paths, boolean elsewhere) throws AgentException, RemoteException {
        progress = () -> RestoreProgress.of("waiting until " + past.folder().root()
                + " has sent what was edited there");
        try {
            Calm.before(past.folder(), past.connection(), paths, elsewhere);
        } finally {
            progress = () -> RestoreProgress.NONE;
        }
    }

    /**
     * Brings states back as new versions, and waits until this device has them.
     *
     * @param path as the person named it
     * @param paths where that is, relative to the folder
     */
    RestoreReport inPlace(FolderPast past, String path, List<String> paths, List<Selection> selections)
            throws AgentException, RemoteException, TreeStoreException {
        Restorer restorer = new Restorer(past.connection(), past.connection(), past.library(), past.folder().trees(),
                random, MARK.format(clock.instant().atZone(ZoneId.systemDefault())));
        try {
            return new RestoreInPlace(past, restorer, told -> progress = told).restore(path, paths, selections);
        } catch (RemoteException e) {
            throw Calm.refused(past.folder(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("The restore was interrupted; the same command again goes on", false, e);
        } finally {
            progress = () -> RestoreProgress.NONE;
        }
    }

    /** Writes a state into a directory. */
    RestoreReport into(FolderPast past, String path, Path directory, Selection selection)
            throws AgentException, RemoteException {
        try {
            return new RestoreInto(past, chunkers, clock, told -> progress = told).restore(path, directory, selection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("The restore was interrupted; " + directory
                    + " holds what came before, and the same command again goes on", false, e);
        } finally {
            progress = () -> RestoreProgress.NONE;
        }
    }
}
