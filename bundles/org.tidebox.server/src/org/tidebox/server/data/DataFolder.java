package org.tidebox.server.data;

import java.io.IOException;
import java.nio.file.Path;
import org.tidebox.files.FolderLockedException;
import org.tidebox.files.PrivateFiles;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreLock;

/** A server's data folder: only its owner can look inside, and one process at a time works in it. */
public final class DataFolder implements AutoCloseable {
    private final StoreLock lock;

    private DataFolder(StoreLock lock) {
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing, and takes it.
     *
     * @throws ServerStartException if it cannot be used or another process has it
     */
    static DataFolder open(Path path) throws ServerStartException {
        try {
            PrivateFiles.createFolders(path);
            return new DataFolder(StoreLock.acquire(path, "the server's data"));
        } catch (StorageException e) {
            throw e.getCause() instanceof FolderLockedException
                    ? ServerStartException.taken(e.getMessage())
                    : new ServerStartException(ServerStartException.FAILED, e.getMessage());
        } catch (IOException e) {
            throw new ServerStartException(ServerStartException.FAILED, "The data folder " + path + " cannot be used ("
                    + e.getClass().getSimpleName() + ": " + e.getMessage() + "); name a folder that you may write to");
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
