package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;

/** Says whether a directory may become a sync folder. */
public final class FolderChecks {
    private final Path home;

    public FolderChecks(Path home) {
        this.home = home;
    }

    /**
     * Checks a directory.
     *
     * @param directory absolute
     * @param others the sync folders that are there
     * @return its real path, links resolved
     * @throws AgentException saying why it may not
     */
    Path check(Path directory, Collection<Path> others) throws AgentException {
        if (!directory.isAbsolute()) {
            throw refused("The folder " + directory + " is no absolute path; name it from the root");
        }
        if (!Files.exists(directory)) {
            throw refused("The folder " + directory + " does not exist; create it first");
        }
        if (!Files.isDirectory(directory)) {
            throw refused(directory + " is no folder; only folders can be synchronised");
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory) || !Files.isWritable(directory)) {
            throw refused(
                    "The folder " + directory + " cannot be read and written by this user; change its permissions");
        }
        Path real = real(directory);
        checkHome(real);
        for (Path other : others) {
            checkOther(real, Files.exists(other) ? real(other) : other);
        }
        return real;
    }

    private void checkHome(Path directory) throws AgentException {
        Path realHome = Files.exists(home) ? real(home) : home;
        if (directory.equals(realHome)) {
            throw refused(directory + " is Tidebox's own home; choose another folder");
        }
        if (directory.startsWith(realHome)) {
            throw refused(
                    "The folder " + directory + " is inside Tidebox's own home " + realHome + "; choose one outside");
        }
        if (realHome.startsWith(directory)) {
            throw new AgentException(
                    new AgentProblem.FolderAroundHome(directory.toString(), realHome.toString()));
        }
    }

    private static void checkOther(Path directory, Path other) throws AgentException {
        if (directory.equals(other)) {
            throw refused("The folder " + directory + " is a sync folder already");
        }
        if (directory.startsWith(other)) {
            throw refused("The folder " + directory + " is inside the sync folder " + other
                    + ", so it is synchronised already");
        }
        if (other.startsWith(directory)) {
            throw refused("The folder " + directory + " contains the sync folder " + other + "; remove that one first");
        }
    }

    private static Path real(Path path) throws AgentException {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new AgentException("The folder " + path + " cannot be read: " + e.getMessage(), false, e);
        }
    }

    private static AgentException refused(String message) {
        return new AgentException(message, true);
    }
}
