package org.tidebox.control.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.tidebox.files.PrivateFiles;

/** Keeps other users of the machine out; where a file system has no such permissions, its own rules hold. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {
    }

    /**
     * Makes a directory that only its owner can enter, from its first moment on; one that is there is closed to others.
     *
     * @throws IOException if there is one that belongs to another user or is a link: who made it could listen in
     */
    public static void directory(Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        try {
            PrivateFiles.createFolder(directory);
        } catch (FileAlreadyExistsException e) {
            // Whose it is counts, and is asked now.
        }
        Trust self = Trust.inSelf();
        self.requireOwned(directory);
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        if (view != null && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            view.setPermissions(DIRECTORY);
        }
        self.requireFolder(directory);
    }
}
