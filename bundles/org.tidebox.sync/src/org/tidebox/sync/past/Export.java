package org.tidebox.sync.past;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.sync.Problem;
import org.tidebox.sync.Remote;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.internal.StateWriter;
import org.tidebox.sync.past.PastTree.Placed;
import org.tidebox.tree.LibraryId;

/**
 * Writes states of nodes into a plain directory: contents, modes, times, links and empty folders. Contents are fetched
 * in batches and streamed; each file is whole when it gets its name. What is there already stays. Not thread-safe, but
 * for {@link #bytesDone()}.
 */
public final class Export implements AutoCloseable {
    private final StateWriter writer;

    /** Prepares to write into a directory, which is made if it is missing. */
    public Export(Path directory, LibraryId library, Remote remote, ChunkerRegistry chunkers, InstantSource clock)
            throws IOException {
        this.writer = new StateWriter(directory, library, remote, chunkers, clock);
    }

    /** Writes nodes; their paths are relative to the directory, and parents come before children. */
    public void write(List<Placed> page) throws RemoteException, InterruptedException {
        for (Placed placed : page) {
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

    /** Returns how many bytes of contents have been written; at any time, from any thread. */
    public long bytesDone() {
        return writer.bytesDone();
    }

    /** Returns what could not be written, and why. */
    public List<Problem> problems() {
        return writer.problems();
    }

    /** Removes what is unfinished. */
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
