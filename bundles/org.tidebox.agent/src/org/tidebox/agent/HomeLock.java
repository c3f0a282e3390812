package org.tidebox.agent;

import java.io.IOException;
import org.tidebox.files.FolderLock;
import org.tidebox.files.FolderLockedException;

/** The ownership of a home. The operating system lets go of it when the process ends, however it ends. */
public final class HomeLock implements AutoCloseable {
    private final FolderLock lock;

    private HomeLock(FolderLock lock) {
        this.lock = lock;
    }

    /**
     * Takes the home, which must exist.
     *
     * @throws HomeLockedException if another process owns it
     * @throws IOException if the file system refuses
     */
    public static HomeLock acquire(Home home) throws IOException, HomeLockedException {
        try {
            return new HomeLock(FolderLock.acquire(home.lock()));
        } catch (FolderLockedException e) {
            throw new HomeLockedException(home.root(), e.getOwner().orElse(HomeLockedException.UNKNOWN));
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
