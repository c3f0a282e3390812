package org.tidebox.server.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
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
            create(path);
            keepPrivate(path);
            return new DataFolder(StoreLock.acquire(path, "the server's data"));
        } catch (StorageException e) {
            throw new ServerStartException(ServerStartException.FAILED, e.getMessage());
        } catch (IOException e) {
            throw new ServerStartException(ServerStartException.FAILED, "The data folder " + path + " cannot be used ("
                    + e.getClass().getSimpleName() + ": " + e.getMessage() + "); name a folder that you may write to");
        }
    }

    private static void create(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(path,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(path);
        }
    }

    /** Makes a file or folder accessible to its owner only, where the file system has permissions. */
    public static void keepPrivate(Path path) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path,
                    PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
