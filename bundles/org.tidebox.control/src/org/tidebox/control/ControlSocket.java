package org.tidebox.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
     * @throws IOException if the note cannot be read or written
     */
    public static Path of(Path home) throws IOException {
        Path base = Files.isDirectory(home) ? home.toRealPath() : home.toAbsolutePath().normalize();
        Path near = base.resolve("control").resolve("socket");
        if (fits(near)) {
            return near;
        }
        Path note = base.resolve(NOTE);
        Path noted = read(note);
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

    private static Path read(Path note) throws IOException {
        if (!Files.isRegularFile(note)) {
            return null;
        }
        try {
            Path noted = Path.of(Files.readString(note).strip());
            // After a reboot or a change of user the noted place may be one that is no more.
            boolean usable = noted.isAbsolute() && fits(noted) && noted.getNameCount() > 2
                    && Files.isDirectory(noted.getParent().getParent());
            return usable ? noted : null;
        } catch (InvalidPathException e) {
            return null;
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
