package org.tidebox.control.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
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
     * Makes a directory that only its owner can enter.
     *
     * @throws IOException if there is one that belongs to another user or is a link: who made it could listen in
     */
    public static void directory(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory.getParent());
            Files.createDirectory(directory);
        }
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = view.readAttributes();
        String owner = attributes.owner().getName();
        String user = System.getProperty("user.name");
        // A user without a name in the system's list is "?"; then it is the change of mode that only the owner can do.
        if (!attributes.isDirectory() || !user.equals("?") && !owner.equals(user)) {
            throw new IOException("the directory " + directory + " belongs to " + owner
                    + " or is no directory; remove it, or choose another place for sockets with XDG_RUNTIME_DIR");
        }
        view.setPermissions(DIRECTORY);
    }

    /** Lets nobody but the owner open a file. */
    public static void file(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(FILE);
        }
    }
}
