package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.confined.ConfinedRoot;

/**
 * Brings what was written to the medium, before the database claims that it is there. Few files are forced one by one;
 * for many, one call for each whole file system ({@code sync --file-system} of GNU coreutils, where there is one) is
 * cheaper.
 */
public final class Durability {
    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);
    private static final int MANY = 24;
    private static final Path SYNC = Path.of("/usr/bin/sync");
    private static final long PATIENCE_SECONDS = 120;

    private final ConfinedRoot confined;
    private final MountPoints mounts;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final boolean wholeFileSystem;

    public Durability(ConfinedRoot confined, MountPoints mounts) {
        this.confined = confined;
        this.mounts = mounts;
        this.wholeFileSystem = confined.root().getFileSystem() == FileSystems.getDefault() && Files.isExecutable(SYNC);
    }

    /** Forces the contents of some files. */
    public void files(Collection<Path> files) throws IOException {
        if (files.size() < MANY || !syncFileSystems(files)) {
            for (Path file : files) {
                force(file);
            }
        }
    }

    /** Forces the content of a file. */
    public void force(Path file) throws IOException {
        force(confined, file);
    }

    /** Forces the content of a file below a root. */
    public static void force(ConfinedRoot confined, Path file) throws IOException {
        try (FileChannel channel = confined.open(file)) {
            channel.force(true);
        }
    }

    /** Notes that the entries of a folder changed. */
    public void touched(Path folder) {
        folders.add(folder);
    }

    /** Forces the entries of the folders that were noted. */
    public void folders() {
        if (folders.size() < MANY || !syncFileSystems(folders)) {
            folders.forEach(confined::forceNames);
        }
        folders.clear();
    }

    private boolean syncFileSystems(Collection<Path> changed) {
        if (!wholeFileSystem) {
            return false;
        }
        try {
            Set<String> command = new LinkedHashSet<>(List.of(SYNC.toString(), "--file-system"));
            changed.forEach(path -> command.add(mounts.top(path).toString()));
            Process process = new ProcessBuilder(List.copyOf(command))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            LOG.debug("Cannot run {}, forcing files one by one: {}", SYNC, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
