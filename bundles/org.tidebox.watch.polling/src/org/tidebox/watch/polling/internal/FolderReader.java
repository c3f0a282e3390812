package org.tidebox.watch.polling.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Reads the present state of a tree. Follows no symbolic links. */
public final class FolderReader {
    /** The coarsest time stamps in use, those of FAT. */
    private static final Duration RESOLUTION = Duration.ofSeconds(2);
    private static final FolderState UNREADABLE = new FolderState(-1, true);
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Path root;
    private final Predicate<Path> ignored;
    private final InstantSource clock;
    private final Class<? extends BasicFileAttributes> attributes;

    /** Makes a reader of one tree. */
    public FolderReader(Path root, Predicate<Path> ignored, InstantSource clock) {
        this.root = root;
        this.ignored = ignored;
        this.clock = clock;
        this.attributes = root.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFileAttributes.class
                : BasicFileAttributes.class;
    }

    /**
     * Returns what tells this root from another one at its place; {@code null} if the file system knows nothing of the
     * kind.
     *
     * @throws IOException if there is no folder at the place
     */
    Object rootKey() throws IOException {
        BasicFileAttributes found = Files.readAttributes(root, BasicFileAttributes.class);
        if (!found.isDirectory()) {
            throw new NoSuchFileException(root.toString());
        }
        return found.fileKey();
    }

    /** Returns the state of each folder of the tree, by its place relative to the root. */
    Map<Path, FolderState> read() {
        Map<Path, FolderState> states = new HashMap<>();
        Deque<Path> open = new ArrayDeque<>();
        open.push(root.getFileSystem().getPath(""));
        while (!open.isEmpty()) {
            Path folder = open.pop();
            states.put(folder, read(folder, open));
        }
        return states;
    }

    private FolderState read(Path folder, Deque<Path> open) {
        Instant now = clock.instant();
        long digest = 0;
        boolean settled = true;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path entry : entries) {
                Path path = folder.toString().isEmpty() ? entry.getFileName() : folder.resolve(entry.getFileName());
                BasicFileAttributes found = ignored.test(path) ? null : attributes(entry);
                if (found != null) {
                    // A sum, as entries come in no order.
                    digest += digest(entry.getFileName().toString(), found);
                    settled &= found.isDirectory() || isOld(found, now);
                    if (found.isDirectory()) {
                        open.push(path);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Gone or not readable now: counts as a state of its own, so that it is reported once, and again when it
            // can be read.
            return UNREADABLE;
        }
        return new FolderState(digest, settled);
    }

    private BasicFileAttributes attributes(Path entry) throws IOException {
        try {
            return Files.readAttributes(entry, attributes, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean isOld(BasicFileAttributes found, Instant now) {
        return Duration.between(found.lastModifiedTime().toInstant(), now).abs().compareTo(RESOLUTION) > 0;
    }

    private static long digest(String name, BasicFileAttributes found) {
        long digest = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            digest = (digest ^ name.charAt(i)) * FNV_PRIME;
        }
        digest = mix(digest ^ Objects.hashCode(found.fileKey()));
        if (found instanceof PosixFileAttributes posix) {
            digest = mix(digest ^ posix.permissions().hashCode());
        }
        if (found.isDirectory()) {
            // Size and time of a folder tell of its own entries, which it reports itself.
            return mix(digest + 1);
        }
        Instant modified = found.lastModifiedTime().toInstant();
        digest = mix(digest ^ found.size());
        digest = mix(digest ^ modified.getEpochSecond());
        return mix(digest ^ modified.getNano() ^ (found.isSymbolicLink() ? 1L << 40 : 0));
    }

    /** Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
