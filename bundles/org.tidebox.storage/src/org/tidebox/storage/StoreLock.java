package org.tidebox.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.tidebox.files.FolderLock;
import org.tidebox.files.FolderLockedException;

/**
 * Keeps everybody else, in this process or another one, out of a store's folder; ends with the process at the latest.
 */
public final class StoreLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FolderLock lock;

    private StoreLock(FolderLock lock) {
        this.lock = lock;
    }

    /**
     * Locks a folder that exists.
     *
     * @param what what lies there, for the message
     * @throws StorageException if somebody else has it, which ends with the other's end
     */
    public static StoreLock acquire(Path folder, String what) throws StorageException {
        try {
            return new StoreLock(FolderLock.acquire(folder.resolve(FILE)));
        } catch (FolderLockedException e) {
            throw new StorageException("Another server is using " + what + " in " + folder
                    + "; stop it first, or use another data folder", false, e);
        } catch (IOException e) {
            throw new StorageException("Cannot lock " + what + " in " + folder + ": " + e.getMessage(), false, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
