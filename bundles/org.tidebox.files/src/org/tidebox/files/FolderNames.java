package org.tidebox.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The names in a folder, which last only when the folder was forced to the medium as well. */
public final class FolderNames {
    private FolderNames() {
    }

    /**
     * Returns when the names in a folder are durable. Systems other than POSIX ones cannot open a folder, and keep its
     * names by other means.
     */
    public static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
