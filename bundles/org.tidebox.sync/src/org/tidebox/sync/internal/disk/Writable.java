package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import org.tidebox.tree.Attributes;

/** Changes the entries of folders, also of those whose mode forbids it: read-only folders are synchronised too. */
public final class Writable {
    private static final int OWNER_MAY_WRITE = 0300;

    private final Disk disk;

    public Writable(Disk disk) {
        this.disk = disk;
    }

    /** Runs an action that changes entries of a folder; lifts the folder's write protection meanwhile if need be. */
    public <E extends Exception> void in(Path folder, Action<E> action) throws IOException, E {
        try {
            action.run();
        } catch (AccessDeniedException e) {
            Optional<DiskEntry> entry = disk.look(folder);
            int mode = entry.isEmpty() ? Attributes.NO_MODE : entry.get().stamp().mode();
            if (mode == Attributes.NO_MODE || (mode & OWNER_MAY_WRITE) == OWNER_MAY_WRITE) {
                throw e;
            }
            disk.setMode(folder, mode | OWNER_MAY_WRITE);
            try {
                action.run();
            } finally {
                if (isOurs(folder, mode | OWNER_MAY_WRITE)) {
                    disk.setMode(folder, mode);
                }
            }
        }
    }

    /** What somebody else set meanwhile stays. */
    private boolean isOurs(Path folder, int mode) throws IOException {
        return disk.look(folder).filter(entry -> entry.stamp().mode() == mode).isPresent();
    }

    /** Something that may be refused by the file system; runs again after a refusal, so that is all it may do. */
    @FunctionalInterface
    public interface Action<E extends Exception> {
        void run() throws IOException, E;
    }
}
