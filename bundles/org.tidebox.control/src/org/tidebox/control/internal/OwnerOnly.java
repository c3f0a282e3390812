package org.tidebox.control.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Keeps other users of the machine out; where a file system has no such permissions, its own rules hold. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {
    }

    /**
     * Makes a directory that only its owner can enter, from its first moment on; one that is there is closed to others.
     *
     * @throws IOException if there is one that belongs to another user or is a link: who made it could listen in
     */
    public static void directory(Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectory(directory, posix
                    ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(DIRECTORY)}
                    : new FileAttribute<?>[0]);
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

    /** Lets nobody but the owner open a file. */
    public static void file(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(FILE);
        }
    }
}
