package org.tidebox.agent;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tidebox.files.PrivateFiles;

/**
 * The folder that holds everything the client keeps on a device. Exactly one agent owns it at a time.
 *
 * <pre>
 * agent.lock      held by the agent that owns the home; names its process
 * database/       account, device token, sync folders and what is synced in them
 * device.properties   what of the database neither the folders nor the server could tell again
 * configuration.xmi   what the person configured: the rules of sync folders (see org.tidebox.model)
 * ignore          what is ignored in all sync folders, for its owner to change
 * log/            what the agent did, bounded in size
 * control/        the local socket for other processes (see org.tidebox.control)
 * </pre>
 *
 * @param root the folder, absolute
 * @param portable whether it lives beside the program on a stick, so that another mount point must not matter
 */
public record Home(Path root, boolean portable) {
    /** The environment variable that names the home. */
    public static final String VARIABLE = "TIDEBOX_HOME";
    /** A file of this name beside the program makes it portable. */
    public static final String PORTABLE_MARKER = "portable";
    /** The name of the home beside a portable program. */
    public static final String PORTABLE_HOME = "home";

    /**
     * Finds the home: the given folder, else {@value #VARIABLE}, else beside a portable program, else the platform's place for data.
     *
     * @param given what the user asked for, or {@code null}
     * @param program the folder of the product, or {@code null} if unknown
     * @param environment the variables of the process
     * @param platform what to know about the operating system
     */
    public static Home locate(String given, Path program, Map<String, String> environment, Platform platform) {
        String variable = environment.get(VARIABLE);
        if (given != null && !given.isBlank()) {
            return of(Path.of(given), program);
        }
        if (variable != null && !variable.isBlank()) {
            return of(Path.of(variable), program);
        }
        if (isPortable(program)) {
            return of(program.resolve(PORTABLE_HOME), program);
        }
        return of(platform.dataFolder(environment).resolve(platform.folderName()), program);
    }

    /** Returns the home in the given folder; it is portable if it lies in a portable program's folder. */
    public static Home of(Path root, Path program) {
        Path absolute = root.toAbsolutePath().normalize();
        return new Home(absolute, isPortable(program) && absolute.startsWith(program.toAbsolutePath().normalize()));
    }

    /** Makes the folder if it is missing, readable by its owner only. */
    public void create() throws IOException {
        try {
            PrivateFiles.createFolders(root);
        } catch (FileSystemException e) {
            throw new IOException("Cannot use " + root + " as home: " + reason(e) + "; choose another one with --home",
                    e);
        }
    }

    /** Returns the file whose lock makes a process the owner. */
    public Path lock() {
        return root.resolve("agent.lock");
    }

    /** Returns the folder of the client's database. */
    public Path database() {
        return root.resolve("database");
    }

    /** Returns the file with a copy of what of the database neither the folders nor the server could tell again. */
    public Path deviceFile() {
        return root.resolve("device.properties");
    }

    /** Returns the file that names what is ignored in all sync folders. */
    public Path ignore() {
        return root.resolve("ignore");
    }

    /** Returns the file with what the person configured: the rules of sync folders. */
    public Path configuration() {
        return root.resolve("configuration.xmi");
    }

    /** Returns the folder of the log files. */
    public Path logs() {
        return root.resolve("log");
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }

    private static boolean isPortable(Path program) {
        return program != null && Files.exists(program.resolve(PORTABLE_MARKER));
    }
}
