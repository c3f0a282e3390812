package org.tidebox.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room the disk of a folder has. Asking costs one system call. Thread-safe. */
public final class DiskRoom {
    /** The room of what lies elsewhere. */
    public static final DiskRoom UNKNOWN = new DiskRoom(null);

    private final FileStore disk;

    private DiskRoom(FileStore disk) {
        this.disk = disk;
    }

    /** Returns the room for what lies in a folder, which exists. */
    public static DiskRoom of(Path folder) {
        try {
            return new DiskRoom(Files.getFileStore(folder));
        } catch (IOException | UnsupportedOperationException e) {
            return UNKNOWN;
        }
    }

    /** Returns how many bytes this process may still write, {@link Long#MAX_VALUE} if that is not known. */
    public long bytes() {
        try {
            return disk == null ? Long.MAX_VALUE : disk.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
