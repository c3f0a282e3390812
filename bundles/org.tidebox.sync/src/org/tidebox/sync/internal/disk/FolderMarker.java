package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.files.DurableFile;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.folder.SmallFile;

/**
 * The folder {@code .tidebox} in the root of a sync folder: a file with the folder's id, by which an unmounted disk or
 * a wrong directory is told from an emptied one, and the place for temporary files.
 */
public final class FolderMarker {
    /** The name of the folder. It is never synchronised. */
    public static final String FOLDER = ".tidebox";
    private static final Logger LOG = LoggerFactory.getLogger(FolderMarker.class);
    private static final String EXPECTED = "marked";
    private static final String FILE = "folder";
    private static final String TEMPORARY = "tmp";
    public static final int OWNER_ONLY = 0700;
    private static final int MOST_BYTES = 1024;

    private final Path root;

    /** Names the root. */
    public FolderMarker(Path root) {
        this.root = root;
    }

    /** Remembers that the root was marked: from now on it is not taken for the right one without its marker. */
    public static void expect(TreeStore trees) throws TreeStoreException {
        trees.write(new TreeUpdate().fact(EXPECTED, "1"));
    }

    /** Returns whether the root was marked before. */
    public static boolean isExpected(TreeStore trees) throws TreeStoreException {
        return trees.fact(EXPECTED).isPresent();
    }

    /** Returns the id that the marker names; empty if there is no marker, or one that nobody can read. */
    public Optional<FolderId> read() throws IOException {
        try {
            return Optional.of(
                    new FolderId(new String(SmallFile.read(file(), MOST_BYTES), StandardCharsets.US_ASCII).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.warn("The file {} is damaged: {}", file(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Makes the marker, or replaces it; durable on return. */
    public void write(FolderId id) throws IOException {
        ConfinedRoot confined = new ConfinedRoot(root);
        try {
            confined.createFolders(temporary(root));
            // Contents pass through here before they get their own modes.
            new Disk(confined).setMode(root.resolve(FOLDER), OWNER_ONLY);
            new DurableFile(file(), confined).replace((id + "\n").getBytes(StandardCharsets.US_ASCII));
            confined.forceNames(root);
        } finally {
            confined.release();
        }
    }

    /** Removes the folder with all that is in it, so that the root can be bound anew. */
    public void remove() throws IOException {
        ConfinedRoot confined = new ConfinedRoot(root);
        try (Stream<Path> all = Files.walk(root.resolve(FOLDER))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                confined.delete(path);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("There is no {}", e.getFile());
        } finally {
            confined.release();
        }
    }

    /**
     * Returns the folder for temporary files of a file system.
     *
     * @param top the root, or the folder inside it in which the file system is mounted
     */
    public static Path temporary(Path top) {
        return top.resolve(FOLDER).resolve(TEMPORARY);
    }

    private Path file() {
        return root.resolve(FOLDER).resolve(FILE);
    }
}
