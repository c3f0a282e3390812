package org.tidebox.sync.confined;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.annotation.versioning.ConsumerType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.files.DurableFile;
import org.tidebox.files.FolderNames;

/**
 * Changes entries below a folder, and never one outside of it, whatever other programs rename or put in the place of
 * folders meanwhile. On Linux each folder on the way is opened without following a link, by way of the one above it, and is held;
 * entries are reached through the folder that is held ({@link Descriptors}). Right before each change it is asked where
 * that folder lies now: if not where it should, it is looked for anew, and what is no real folder below the root is refused.
 * Java's own {@link java.nio.file.SecureDirectoryStream} holds folders as well, but makes no folders, no links and no
 * second names in them, so that what is new could only be put in place by what also replaces.
 * <p>
 * Elsewhere, and for folders that their owner may not read, it is looked, right before each change, whether each folder
 * on the way is a real one. Between that look and the change another program may still put a link there.
 * <p>
 * Links are never followed; only the mode of an entry that its owner may not read is set by path, right after a look,
 * where the system cannot do it otherwise. Folders are held until {@link #release}, the least recently used ones not that long. Thread-safe.
 */
public final class ConfinedRoot implements DurableFile.Disk {
    private static final Logger LOG = LoggerFactory.getLogger(ConfinedRoot.class);
    private static final int MOST_HELD = 64;

    private final Path root;
    private final boolean locks;
    private volatile boolean holds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Descriptors descriptors = new Descriptors();
    private final Map<Path, OpenFolder> held = new LinkedHashMap<>(16, 0.75f, true);
    /** Those that are no longer where they were, and are closed when nothing goes by way of them. */
    private final List<OpenFolder> left = new ArrayList<>();

    /**
     * Prepares to change what lies below a folder. Nothing is opened yet.
     *
     * @param root absolute and without {@code ..}; links on the way to it are followed, since its owner chose it
     */
    public ConfinedRoot(Path root) {
        this.root = root;
        this.locks = root.getFileSystem() == FileSystems.getDefault() && Descriptors.areShown();
        this.holds = locks;
    }

    /** Returns the folder. */
    public Path root() {
        return root;
    }

    /** Does something with the entry at a path. */
    @ConsumerType
    @FunctionalInterface
    public interface Action<T> {
        /**
         * Does it.
         *
         * @param way leads to the entry, and is of use only until this returns
         */
        T on(Path way) throws IOException;
    }

    /** Looks once more, right before something is done that cannot be undone. */
    @ConsumerType
    @FunctionalInterface
    public interface LastLook<E extends Exception> {
        /**
         * Looks.
         *
         * @throws E if it must not be done
         */
        void look() throws IOException, E;
    }

    /** Does something with two entries. */
    @FunctionalInterface
    private interface Both<E extends Exception> {
        void on(Path way, Path other) throws IOException, E;
    }

    /**
     * Looks at an entry, or opens it to read it, where it is sure to lie below the root.
     *
     * @throws NotRealFolderException as all others here, if a folder on the way is none, or lies elsewhere by now
     */
    public <T> T at(Path entry, Action<T> look) throws IOException {
        begin();
        try {
            Path way = way(entry);
            try {
                return look.on(way);
            } catch (FileSystemException e) {
                throw Refusals.named(e, Map.of(way, entry));
            }
        } finally {
            end();
        }
    }

    /** Checks that a folder and all above it, up to the root, are real folders. */
    public void check(Path folder) throws IOException {
        begin();
        try {
            folder(folder);
        } finally {
            end();
        }
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        return at(file, way -> FileChannel.open(way, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Opens a file to write to. */
    public FileChannel open(Path file) throws IOException {
        return at(file, way -> FileChannel.open(way, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /** Makes a folder where nothing is. */
    public void createFolder(Path folder) throws IOException {
        at(folder, Files::createDirectory);
    }

    /** Makes a folder and those above it, as far as they are missing. */
    public void createFolders(Path folder) throws IOException {
        if (folder.equals(root)) {
            Files.createDirectories(root);
        } else {
            createFolders(folder.getParent());
            if (!at(folder, way -> Files.isDirectory(way, LinkOption.NOFOLLOW_LINKS))) {
                createFolder(folder);
            }
        }
    }

    /** Makes a symbolic link where nothing is. */
    public void createLink(Path link, Path target) throws IOException {
        at(link, way -> Files.createSymbolicLink(way, target));
    }

    /** Gives an entry that is no folder a second name (a hard link), where nothing is. */
    public void addName(Path name, Path entry) throws IOException {
        both(name, entry, Files::createLink);
    }

    /** Renames an entry in one step. What is there already is replaced, unless it is a folder that holds something. */
    @Override
    public void move(Path from, Path to) throws IOException {
        move(from, to, () -> {
        });
    }

    /**
     * Renames an entry in one step.
     *
     * @param last comes right before, when the ways are known
     */
    public <E extends Exception> void move(Path from, Path to, LastLook<E> last) throws IOException, E {
        both(from, to, (way, other) -> {
            last.look();
            Files.move(way, other, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Removes a file, a link or an empty folder. */
    public void delete(Path entry) throws IOException {
        at(entry, way -> {
            Files.delete(way);
            return null;
        });
    }

    /** Removes an entry if it is there. */
    @Override
    public void deleteIfExists(Path entry) throws IOException {
        at(entry, Files::deleteIfExists);
    }

    /** Makes the names in a folder durable, where its file system can: not all network shares can. */
    @Override
    public void forceNames(Path folder) {
        try {
            FolderNames.force(folder);
        } catch (IOException e) {
            LOG.trace("Cannot force the folder {}: {}", folder, e.getMessage());
        }
    }

    /** Sets the permissions of a file or folder. */
    public void setPermissions(Path entry, Set<PosixFilePermission> permissions) throws IOException {
        at(entry, way -> {
            PosixFileAttributeView view = entry.equals(root)
                    ? null
                    : folder(entry.getParent()).view(entry.getFileName(), PosixFileAttributeView.class);
            if (view == null) {
                setByPath(way, permissions);
                return null;
            }
            try {
                view.setPermissions(permissions);
            } catch (AccessDeniedException e) {
                // Some systems have to open it for that.
                setByPath(way, permissions);
            }
            return null;
        });
    }

    private static void setByPath(Path way, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.isSymbolicLink(way)) {
            throw new FileSystemException(way.toString(), null, "it is a link by now");
        }
        Files.setPosixFilePermissions(way, permissions);
    }

    /** Sets the time of the last modification. */
    public void setTime(Path entry, FileTime time) throws IOException {
        at(entry, way -> {
            Files.getFileAttributeView(way, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setTimes(time,
                    null,
                    null);
            return null;
        });
    }

    /**
     * Sets an extended attribute.
     *
     * @param value {@code null} removes it
     */
    public void setExtended(Path entry, String name, ByteBuffer value) throws IOException {
        at(entry, way -> {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(way, UserDefinedFileAttributeView.class,
                    LinkOption.NOFOLLOW_LINKS);
            if (value == null) {
                view.delete(name);
            } else {
                view.write(name, value);
            }
            return null;
        });
    }

    /** Closes all folders that are held, so that their file systems can be unmounted. They are opened anew if need be. */
    public void release() {
        lock.lock();
        try {
            left.addAll(held.values());
            held.clear();
            left.forEach(this::close);
            left.clear();
        } finally {
            lock.unlock();
        }
    }

    private <E extends Exception> void both(Path one, Path other, Both<E> action) throws IOException, E {
        begin();
        try {
            Path way = way(one);
            Path otherWay = way(other);
            try {
                action.on(way, otherWay);
            } catch (FileSystemException e) {
                Map<Path, Path> names = new HashMap<>(Map.of(way, one));
                names.put(otherWay, other);
                throw Refusals.named(e, names);
            }
        } finally {
            end();
        }
    }

    /** A folder that is closed may give its number to another one, so none is closed while a way leads through it. */
    private void begin() {
        if (locks) {
            lock.lock();
            if (lock.getHoldCount() == 1) {
                letGo();
            }
        }
    }

    private void end() {
        if (locks) {
            lock.unlock();
        }
    }

    private Path way(Path entry) throws IOException {
        if (entry.equals(root)) {
            return folder(root).itself();
        }
        checkName(entry);
        return folder(entry.getParent()).entry(entry.getFileName());
    }

    private void checkName(Path entry) throws IOException {
        String name = entry.getFileName() == null ? "" : entry.getFileName().toString();
        if (name.isEmpty() || name.equals(".") || name.equals("..") || !entry.startsWith(root)) {
            throw new FileSystemException(entry.toString(), null, "it does not lie below " + root);
        }
    }

    private OpenFolder folder(Path folder) throws IOException {
        OpenFolder known = held.get(folder);
        if (known != null && known.liesWhereItDid()) {
            return known;
        }
        OpenFolder opened;
        if (!folder.equals(root)) {
            forget(folder);
            opened = below(folder);
        } else if (known != null) {
            // It stays the root wherever it is moved, as long as it is held.
            known.moved();
            opened = known;
        } else {
            opened = hold(root, root);
        }
        if (opened.isHeld()) {
            held.put(folder, opened);
        }
        return opened;
    }

    private OpenFolder below(Path folder) throws IOException {
        checkName(folder);
        OpenFolder parent = folder(folder.getParent());
        OpenFolder opened = hold(folder, parent.entry(folder.getFileName()), LinkOption.NOFOLLOW_LINKS);
        if (opened.isHeld() && parent.isHeld() && !opened.place().getParent().equals(parent.place())) {
            opened.close(descriptors);
            throw new NotRealFolderException(folder);
        }
        return opened;
    }

    private OpenFolder hold(Path folder, Path way, LinkOption... links) throws IOException {
        BasicFileAttributes found = folderAt(folder, way, links);
        if (!holds) {
            return OpenFolder.byPath(way);
        }
        try {
            return OpenFolder.open(way, found, descriptors, links.length == 0);
        } catch (AccessDeniedException e) {
            return OpenFolder.byPath(way);
        } catch (UnsupportedOperationException e) {
            LOG.info("Folders below {} are reached by their paths: {}", root, e.getMessage());
            holds = false;
            return OpenFolder.byPath(way);
        } catch (IOException e) {
            // Unless it has become a link, or is gone.
            folderAt(folder, way, links);
            if (e instanceof FileSystemException refused && !(e instanceof NoSuchFileException)) {
                throw Refusals.named(refused, Map.of(way, folder));
            }
            throw new NotRealFolderException(folder);
        }
    }

    private static BasicFileAttributes folderAt(Path folder, Path way, LinkOption... links) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(way, BasicFileAttributes.class, links);
            if (found.isDirectory()) {
                return found;
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.trace("{} is gone: {}", folder, e.getMessage());
        }
        throw new NotRealFolderException(folder);
    }

    private void letGo() {
        left.forEach(this::close);
        left.clear();
        Iterator<OpenFolder> eldest = held.values().iterator();
        while (held.size() > MOST_HELD) {
            close(eldest.next());
            eldest.remove();
        }
    }

    private void forget(Path folder) {
        OpenFolder known = held.remove(folder);
        if (known != null) {
            left.add(known);
        }
    }

    private void close(OpenFolder folder) {
        try {
            folder.close(descriptors);
        } catch (IOException e) {
            LOG.debug("Cannot close {}: {}", folder.place(), e.getMessage());
        }
    }
}
