package org.tidebox.sync.past;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.download.StateWriter;
import org.tidebox.tree.LibraryId;

/**
 * Writes states of nodes into a plain directory: contents, modes, times, links and empty folders. Contents are fetched
 * in batches and streamed; each file is whole when it gets its name. What is there already stays. Not thread-safe, but for
 * {@link #files()}, {@link #unchanged()} and {@link #bytesDone()}.
 */
public final class Export implements AutoCloseable {
    private final StateWriter writer;

    /** Prepares to write into a directory, which is made if it is missing. */
    public Export(Path directory, LibraryId library, Remote remote, ChunkerRegistry chunkers, InstantSource clock)
            throws IOException {
        this(directory, library, remote, chunkers, clock, Threads.REAL);
    }

    /**
     * Prepares to write into a directory, which is made if it is missing.
     *
     * @param threads fetch contents beside
     */
    public Export(Path directory, LibraryId library, Remote remote, ChunkerRegistry chunkers, InstantSource clock,
            Threads threads) throws IOException {
        this.writer = new StateWriter(directory, library, remote, chunkers, clock, threads);
    }

    /** Returns whether an export into a directory was interrupted, so that the same one may go on. */
    public static boolean isUnfinished(Path directory) {
        return StateWriter.isUnfinished(directory);
    }

    /** Writes nodes; their paths are relative to the directory, and parents come before children. */
    public void write(List<PlacedNode> page) throws RemoteException, InterruptedException {
        for (PlacedNode placed : page) {
            writer.write(placed.path(), placed.node());
        }
    }

    /** Writes what is still on its way, and gives folders their modes and times. */
    public void finish() throws RemoteException, InterruptedException {
        writer.finish();
    }

    /** Returns how many files were written. */
    public long files() {
        return writer.files();
    }

    /** Returns how many folders and links were written. */
    public long others() {
        return writer.others();
    }

    /** Returns how many files, folders and links were there already, as an interrupted export had written them. */
    public long unchanged() {
        return writer.unchanged();
    }

    /** Returns how many bytes of contents have been written; at any time, from any thread. */
    public long bytesDone() {
        return writer.bytesDone();
    }

    /** Returns what could not be written, and why. */
    public List<Problem> problems() {
        return writer.problems();
    }

    /** Removes files that are unfinished. Unless all is finished, the same export may go on here later. */
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
