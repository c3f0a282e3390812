package org.tidebox.sync.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Directories that only their owner may enter, where the file system knows owners: a stick may not. */
final class OwnerOnly {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
    private static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {
    }

    /** Makes a directory and those above it, where they are not there; one that is there is closed to others. */
    static void createDirectories(Path directory) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && !Files.isDirectory(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PERMISSIONS));
        } else {
            Files.createDirectories(directory);
        }
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(PERMISSIONS)) {
            restrict(directory, view);
        }
    }

    private static void restrict(Path directory, PosixFileAttributeView view) {
        try {
            view.setPermissions(PERMISSIONS);
        } catch (IOException e) {
            LOG.warn("Others may be able to read the device's database in {}: {}", directory, e.getMessage());
        }
    }
}
