package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.NodeKind;

/**
 * Looks at entries of a file system without following links, and sets the attributes of those below a root, with what
 * the file system offers.
 */
public final class Disk {
    private static final String UNIX = "unix:mode,ino,dev,ctime,size,lastModifiedTime,"
            + "isDirectory,isRegularFile,isSymbolicLink";
    private static final int PERMISSIONS = 0777;
    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    private static final int OWNER_MAY_ALL = 0700;
    private final ConfinedRoot confined;
    private final boolean unix;
    private final boolean posix;
    private volatile Map<Long, String> suffixes = Map.of();

    /** Begins to work on the file system of a root. */
    public Disk(ConfinedRoot confined) {
        this.confined = confined;
        Set<String> views = confined.root().getFileSystem().supportedFileAttributeViews();
        unix = views.contains("unix");
        posix = views.contains("posix");
    }

    /**
     * Tells inodes of other file systems apart: numbers of entries on these devices get a suffix.
     *
     * @param some by device
     */
    public void suffixes(Map<Long, String> some) {
        suffixes = Map.copyOf(some);
    }

    /** Returns the entry at a path; empty if there is none. */
    public Optional<DiskEntry> look(Path path) throws IOException {
        try {
            return Optional.of(unix ? lookUnix(path) : lookPlain(path));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (isNotDirectory(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Returns the entry that a directory lists under a name; empty if there is none, or if the name's bytes are no text, so
     * that the name we were told leads nowhere. In an encoding without the sign for such bytes it is not even one of a path.
     */
    public Optional<DiskEntry> look(Path folder, String name) throws IOException {
        Path path;
        try {
            path = folder.resolve(name);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return look(path);
    }

    /** Returns whether there is nothing at a path: what is expected costs no exception here. */
    public boolean isFree(Path path) throws IOException {
        try {
            return path.getFileSystem().provider().readAttributesIfExists(path, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS) == null;
        } catch (IOException e) {
            if (isNotDirectory(e)) {
                return true;
            }
            throw e;
        }
    }

    /** Returns the names in a directory. */
    public List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(path -> names.add(path.getFileName().toString()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Returns how many names (hard links) a file has; 1 where nobody can tell. */
    public int linkCount(Path file) throws IOException {
        return unix ? (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) : 1;
    }

    /** Returns whether there is a real directory at the path, not a link to one. */
    public boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Sets the permission bits as far as the file system has them. */
    public void setMode(Path path, int mode) throws IOException {
        if (posix && mode != Attributes.NO_MODE) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            for (int i = 0; i < BITS.length; i++) {
                if ((mode & 0400 >> i) != 0) {
                    permissions.add(BITS[i]);
                }
            }
            confined.setPermissions(path, permissions);
        }
    }

    /** Sets the time of last modification (nanoseconds since 1970) of a file, as far as the disk can hold it. */
    public void setTime(Path path, long mtime) throws IOException {
        confined.setTime(path, FileTimes.settable(mtime));
    }

    private static boolean isNotDirectory(IOException e) {
        return e.getMessage() != null && e.getMessage().endsWith("Not a directory");
    }

    private DiskEntry lookUnix(Path path) throws IOException {
        Map<String, Object> map = Files.readAttributes(path, UNIX, LinkOption.NOFOLLOW_LINKS);
        NodeKind kind = kind((Boolean) map.get("isRegularFile"), (Boolean) map.get("isDirectory"),
                (Boolean) map.get("isSymbolicLink"));
        FileTime ctime = (FileTime) map.get("ctime");
        Long device = (Long) map.get("dev");
        String key = map.get("ino") + suffixes.getOrDefault(device, "");
        return entry(path, kind, (Long) map.get("size"), (FileTime) map.get("lastModifiedTime"),
                ctime.to(TimeUnit.NANOSECONDS), (Integer) map.get("mode") & PERMISSIONS, key, device);
    }

    private DiskEntry lookPlain(Path path) throws IOException {
        Class<? extends BasicFileAttributes> type = posix ? PosixFileAttributes.class : BasicFileAttributes.class;
        BasicFileAttributes basic = Files.readAttributes(path, type, LinkOption.NOFOLLOW_LINKS);
        NodeKind kind = kind(basic.isRegularFile(), basic.isDirectory(), basic.isSymbolicLink());
        int mode = basic instanceof PosixFileAttributes attributes
                ? bits(attributes.permissions())
                : Attributes.NO_MODE;
        String key = basic.fileKey() == null ? "" : basic.fileKey().toString();
        return entry(path, kind, basic.size(), basic.lastModifiedTime(), 0, mode, key, DiskEntry.ANY_DEVICE);
    }

    private static DiskEntry entry(Path path, NodeKind kind, long size, FileTime time, long ctime, int mode,
            String key, long device) {
        long mtime = time.to(TimeUnit.NANOSECONDS);
        boolean file = kind == NodeKind.FILE;
        int ownMode = kind == NodeKind.LINK ? Attributes.NO_MODE : mode;
        DiskStamp stamp = new DiskStamp(file ? size : 0, kind == NodeKind.FOLDER ? 0 : mtime, file ? ctime : 0, ownMode,
                key);
        return new DiskEntry(path.getFileName().toString(), kind, new Attributes(ownMode, FileTimes.nearest(mtime)),
                stamp, device);
    }

    private static NodeKind kind(boolean file, boolean folder, boolean link) {
        return file ? NodeKind.FILE : folder ? NodeKind.FOLDER : link ? NodeKind.LINK : null;
    }

    private static int bits(Set<PosixFilePermission> permissions) {
        return permissions.stream().mapToInt(permission -> 0400 >> permission.ordinal()).sum();
    }

    /** Removes an entry with all that is in it; for what was being put together, or what a person lets go. */
    public void discard(Path path) throws IOException {
        if (isFolder(path)) {
            setMode(path, OWNER_MAY_ALL);
            for (String name : names(path)) {
                discard(path.resolve(name));
            }
        }
        confined.deleteIfExists(path);
    }
}
