package org.tidebox.files.tests.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One device's disk. What people do to it in {@link #asUser} is durable at once, together with all that the engine did
 * before; what the engine does is durable once it is forced. Used by one thread.
 */
public final class SimDisk implements AutoCloseable {
    /** Times of files are as coarse as those of Linux, whose clock ticks 250 times a second. */
    public static final Duration TICK = Duration.ofMillis(4);

    private final InstantSource clock;
    private final Observer observer;
    private final FileSystem inside;
    private final DiskFileSystem files;
    private final Path limbo;
    private final Path disks;
    /** What is mounted where. */
    private final Map<Path, Path> mounts = new HashMap<>();
    private final Inodes inodes = new Inodes();
    private final Changes changes = new Changes();
    private final Set<Object> unforced = new HashSet<>();
    private final Set<Object> shown = new HashSet<>();
    private final Map<Object, Integer> buried = new HashMap<>();
    private final boolean links;
    private final Duration tick;
    /** How much of the beginning of a file is as it was when the file was forced. */
    private final Map<Object, Long> forced = new HashMap<>();
    private boolean user;
    private boolean down;
    private int removed;

    /**
     * Makes an empty disk.
     *
     * @param links whether files may have several names
     * @param tick how coarse times of files are
     */
    public SimDisk(InstantSource clock, Observer observer, boolean links, Duration tick) throws IOException {
        this.links = links;
        this.tick = tick;
        this.clock = clock;
        this.observer = observer;
        inside = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix").setFileTimeSource(this::now).build());
        files = new DiskFileSystem(this, inside);
        limbo = Files.createDirectory(inside.getPath("/limbo"));
        disks = Files.createDirectory(inside.getPath("/disks"));
    }

    /** Something that people do. */
    public interface Deed<R> {
        /** Does it. */
        R run() throws IOException;
    }

    /** Returns the file system to work on. */
    public FileSystem files() {
        return files;
    }

    /** Does something as a person: nobody interferes, and it lasts. */
    public <R> R asUser(Deed<R> deed) throws IOException {
        boolean before = user;
        user = true;
        try {
            changes.settle();
            R result = deed.run();
            changes.settle();
            return result;
        } finally {
            user = before;
        }
    }

    /** From now on nothing that the engine does has an effect. */
    public void fail() {
        down = true;
    }

    /** Starts again after a failure: what was not forced is as it happens to be. */
    public void restart(Random random) throws IOException {
        changes.crash(random);
        try (Stream<Path> all = Files.walk(inside.getPath("/"))) {
            for (Path path : all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)).sorted()
                    .toList()) {
                if (unforced.contains(key(path))) {
                    damage(path, random);
                }
            }
        }
        unforced.clear();
        down = false;
    }

    @Override
    public void close() {
        try {
            inside.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a file system of its own, which {@link #mount} gives a place; returns what stands for it. */
    public Path newDisk() throws IOException {
        try (Stream<Path> all = Files.list(disks)) {
            Path made = Files.createDirectory(disks.resolve(Long.toString(all.count())));
            inodes.number(key(made), device(made));
            return made;
        }
    }

    /** Mounts a file system in a folder. */
    public void mount(Path folder, Path made) {
        mounts.put(DiskPath.inside(folder), made);
    }

    /** Unmounts what is mounted in a folder. */
    public void unmount(Path folder) {
        mounts.remove(DiskPath.inside(folder));
    }

    /** Returns whether a file system is mounted in a folder. */
    public boolean isMounted(Path folder) {
        return mounts.containsKey(DiskPath.inside(folder));
    }

    /** Returns whether two entries lie on one file system. */
    public boolean isOneDevice(Path one, Path other) {
        return device(real(one)) == device(real(other));
    }

    /** Returns where a path really leads. */
    Path real(Path path) {
        Path visible = DiskPath.inside(path);
        for (Map.Entry<Path, Path> mount : mounts.entrySet()) {
            if (visible.startsWith(mount.getKey())) {
                return mount.getValue().resolve(mount.getKey().relativize(visible));
            }
        }
        return visible;
    }

    /** Returns the number of the file system that a real path lies on. */
    long device(Path path) {
        return path.startsWith(disks) && path.getNameCount() > 1 ? 2 + Long.parseLong(path.getName(1).toString()) : 1;
    }

    private void refuseBusy(Path path) throws IOException {
        if (disks.equals(path.getParent())) {
            throw new FileSystemException(path.toString(), null, "Device or resource busy");
        }
    }

    private void refuseOtherDevice(Path from, Path to, CopyOption... options) throws IOException {
        if (device(from) != device(to)) {
            String reason = "Invalid cross-device link";
            throw Set.of(options).contains(StandardCopyOption.ATOMIC_MOVE)
                    ? new AtomicMoveNotSupportedException(from.toString(), to.toString(), reason)
                    : new FileSystemException(from.toString(), to.toString(), reason);
        }
    }

    Inodes inodes() {
        return inodes;
    }

    /** Tells the observer of a point at which the engine writes elsewhere, its database for instance. */
    public void point(String what) {
        before(what);
    }

    void before(String what) {
        if (!user) {
            if (down) {
                throw new Crash(what);
            }
            observer.before(what);
        }
    }

    void writes(Object file, long position) {
        before("write");
        inodes.touch(file, now());
        forced.computeIfPresent(file, (key, length) -> Math.min(length, position));
        if (!user) {
            unforced.add(file);
        }
    }

    void forces(Object file, long length) {
        before("force");
        unforced.remove(file);
        forced.put(file, length);
        try {
            changes.settle(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void created(Path path) throws IOException {
        Object key = key(path);
        inodes.touch(key, now());
        show(path);
        changes.add(Set.of(key(path.getParent())), () -> {
            Files.delete(path);
            inodes.release(key);
        }, () -> {
        });
    }

    /** Gives a file a second name. */
    void link(Path link, Path existing) throws IOException {
        if (!links) {
            throw new UnsupportedOperationException("this disk has no hard links");
        }
        before("hardlink " + link + " " + existing);
        refuseOtherDevice(existing, link);
        Files.createLink(link, existing);
        Object key = key(link);
        boolean wasShown = shown.contains(key);
        inodes.touch(key, now());
        show(link);
        changes.add(Set.of(key(link.getParent())), () -> {
            Files.delete(link);
            if (!wasShown) {
                shown.remove(key);
            }
        }, () -> {
        });
    }

    private void show(Path path) throws IOException {
        if (observer.shows(path.toString())) {
            shown.add(key(path));
        }
    }

    /** Returns how many names a file has that were not taken away. */
    int names(Path file) throws IOException {
        return allNames(file) - buried.getOrDefault(key(file), 0);
    }

    private static int allNames(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    }

    void delete(Path path) throws IOException {
        before("delete " + path);
        refuseBusy(path);
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> children = Files.list(path)) {
                if (children.findAny().isPresent()) {
                    throw new DirectoryNotEmptyException(path.toString());
                }
            }
        }
        Burial burial = toLimbo(path);
        changes.add(Set.of(key(path.getParent())), burial.undo, burial.settle);
    }

    void move(Path from, Path to, CopyOption... options) throws IOException {
        boolean replaces = options.length > 0 && !Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)
                && Files.exists(to, LinkOption.NOFOLLOW_LINKS);
        before((replaces ? "replace " : "move ") + from + " " + to);
        refuseBusy(from);
        refuseOtherDevice(from, to, options);
        refuseOtherKind(from, to);
        Burial burial = Burial.NOTHING;
        if (Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS) && options.length > 0) {
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS) && key(from).equals(key(to))) {
                return;
            }
            burial = toLimbo(to);
        }
        Burial replaced = burial;
        Object source = key(from.getParent());
        Files.move(from, to, options);
        inodes.touch(key(to), now());
        show(to);
        changes.add(new HashSet<>(List.of(source, key(to.getParent()))), () -> {
            Files.move(to, from);
            replaced.undo.run();
        }, replaced.settle);
    }

    private static void refuseOtherKind(Path from, Path to) throws IOException {
        boolean onFolder = Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS);
        boolean isThere = Files.exists(to, LinkOption.NOFOLLOW_LINKS);
        if (isThere && onFolder != Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(to.toString(), null, onFolder ? "Is a directory" : "Not a directory");
        }
    }

    void changesAttributes(Path path) throws IOException {
        before("attributes " + path);
        inodes.touch(key(path), now());
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        FileTime time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        changes.add(Set.of(key(path)), () -> {
            Files.setPosixFilePermissions(path, mode);
            Files.setLastModifiedTime(path, time);
        }, () -> {
        });
    }

    /** The file system inside tells files and folders apart by this. */
    static Object key(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** An entry that was taken away, and how to bring it back or let it go for good. */
    private record Burial(Changes.Step undo, Changes.Step settle) {
        private static final Burial NOTHING = new Burial(() -> {
        }, () -> {
        });
    }

    private Burial toLimbo(Path path) throws IOException {
        Object key = key(path);
        boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        boolean last = !file || names(path) == 1;
        if (!user && file && last && shown.contains(key)) {
            observer.destroys(path.toString(), Files.readAllBytes(path));
        }
        if (user) {
            // What people take away themselves need not stay, whatever other names it has for the moment.
            shown.remove(key);
        }
        inodes.touch(key, now());
        Path grave = limbo.resolve(Integer.toString(removed++));
        Files.move(path, grave);
        buried.merge(key, 1, Integer::sum);
        return new Burial(() -> {
            buried.merge(key, -1, Integer::sum);
            Files.move(grave, path);
        }, () -> {
            buried.merge(key, -1, Integer::sum);
            boolean gone = !file || allNames(grave) == 1;
            Files.delete(grave);
            if (gone) {
                buried.remove(key);
                inodes.release(key);
            }
        });
    }

    private void damage(Path path, Random random) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long kept = Math.min(channel.size(), forced.getOrDefault(key(path), 0L));
            channel.truncate(kept + random.nextLong(channel.size() - kept + 1));
        }
    }

    /** Returns what is left of a time that is set. */
    FileTime held(FileTime time) {
        long nanos = time.to(TimeUnit.NANOSECONDS);
        return FileTime.from(nanos - Math.floorMod(nanos, tick.toNanos()), TimeUnit.NANOSECONDS);
    }

    private FileTime now() {
        return held(FileTime.from(clock.instant()));
    }
}
