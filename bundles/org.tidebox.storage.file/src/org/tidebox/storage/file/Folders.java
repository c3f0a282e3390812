package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes new and deleted names in a folder durable. */
final class Folders {
    private Folders() {
    }

    /** Makes a folder whose parent exists, durably. */
    static void create(PackDisk disk, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            disk.makeFolder(folder);
            sync(disk, folder.toAbsolutePath().getParent());
        }
    }

    /** Returns when the names in a folder are durable. */
    static void sync(PackDisk disk, Path folder) throws IOException {
        Interrupts.defer(() -> {
            disk.syncFolder(folder);
            return null;
        });
    }
}
