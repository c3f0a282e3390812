package org.tidebox.storage.tests.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.tidebox.storage.file.PackDisk;

/** A disk in memory, whose folders cannot be opened. */
public final class MemoryDisk implements PackDisk {
    @Override
    public FileChannel open(Path path, OpenOption... options) throws IOException {
        return FileChannel.open(path, options);
    }

    @Override
    public void syncFolder(Path folder) {
        // In memory nothing is durable.
    }
}
