package org.tidebox.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tidebox.control.internal.Trust;

/** Where the socket of a home lies. */
public final class ControlSocket {
    /** Operating systems take some 104 bytes for the path of a socket. */
    static final int MAX_PATH = 100;
    private static final String NOTE = "control.path";

    private ControlSocket() {
    }

    /**
     * Returns the place of a home's socket: {@code control/socket} in the home, or, where that path is too long for a
     * socket, a name made of its hash in the user's directory for such things. Then the file {@code control.path} in
     * the home notes it, because hosts and callers may run with different environments.
     *
     * @throws IOException if the note cannot be read or written, or is another user's
     */
    public static Path of(Path home) throws IOException {
        Path base = Files.isDirectory(home) ? home.toRealPath() : home.toAbsolutePath().normalize();
        Path near = base.resolve("control").resolve("socket");
        if (fits(near)) {
            return near;
        }
        Path note = base.resolve(NOTE);
        Path noted = read(note, Trust.inOwnerOf(base));
        if (noted != null) {
            return noted;
        }
        Path far = runtimeDirectory().resolve(hashOf(base) + ".sock");
        if (!fits(far)) {
            throw new IOException("the path " + far + " is too long for a socket (" + MAX_PATH
                    + " bytes); set XDG_RUNTIME_DIR or java.io.tmpdir to a directory with a shorter path");
        }
        if (Files.isDirectory(base)) {
            Files.writeString(note, far + "\n");
        }
        return far;
    }

    private static Path read(Path note, Trust trust) throws IOException {
        if (!Files.exists(note, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        trust.requireOwned(note);
        if (!Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(note + " is no regular file; remove it");
        }
        try {
            Path noted = Path.of(Files.readString(note).strip());
            return isUsable(noted, trust) ? noted : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** After a reboot or a change of user a place may be no more, and another user may have taken its name. */
    private static boolean isUsable(Path noted, Trust trust) {
        if (!noted.isAbsolute() || !fits(noted) || noted.getNameCount() < 3) {
            return false;
        }
        Path folder = noted.getParent();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Files.isDirectory(folder.getParent());
        }
        try {
            trust.requireFolder(folder);
            return true;
        } catch (IOException e) {
            // The place is chosen anew, as another XDG_RUNTIME_DIR may say; if it is the same, its user learns why not.
            return false;
        }
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH;
    }

    private static Path runtimeDirectory() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && Files.isWritable(Path.of(runtime))) {
            return Path.of(runtime, "tidebox");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "tidebox-" + System.getProperty("user.name"));
    }

    private static String hashOf(Path home) {
        try {
            byte[] name = home.toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
