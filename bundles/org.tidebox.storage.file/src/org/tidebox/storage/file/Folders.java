package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes new and deleted names in a folder durable. */
final class Folders {
    private Folders() {
    }

    /** Makes a folder whose parent exists, durably. */
    static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            sync(folder.toAbsolutePath().getParent());
        }
    }

    /**
     * Returns when the names in a folder are durable. Systems that cannot open a folder keep its names by other means.
     */
    static void sync(Path folder) throws IOException {
        Interrupts.defer(() -> {
            syncOnce(folder);
            return null;
        });
    }

    private static void syncOnce(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
