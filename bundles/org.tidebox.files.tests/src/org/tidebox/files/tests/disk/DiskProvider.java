package org.tidebox.files.tests.disk;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Passes the calls on a {@link SimDisk} to Jimfs, and those that change something by way of the disk. */
final class DiskProvider extends FileSystemProvider {
    private final SimDisk disk;
    private final FileSystemProvider inside;

    DiskProvider(SimDisk disk, FileSystemProvider inside) {
        this.disk = disk;
        this.inside = inside;
    }

    @Override
    public String getScheme() {
        return "simulated";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("simulated disks are made by their constructor");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return disk.files();
    }

    @Override
    public Path getPath(URI uri) {
        return new DiskPath(disk, inside.getPath(uri));
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
            FileAttribute<?>... attributes) throws IOException {
        Path file = disk.real(path);
        disk.before("open " + file);
        if (Files.isDirectory(file)) {
            throw new FileSystemException(path.toString(), null, "Is a directory");
        }
        return open(file, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path file = disk.real(path);
        disk.before("open " + file);
        return Files.isDirectory(file)
                ? new DiskChannel(disk, SimDisk.key(file), null)
                : open(file, options, attributes);
    }

    private FileChannel open(Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean isNew = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = inside.newFileChannel(file, options, attributes);
        if (isNew) {
            disk.created(file);
        } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.writes(SimDisk.key(file), 0);
        }
        return new DiskChannel(disk, SimDisk.key(file), channel);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        disk.before("list " + folder);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = inside.newDirectoryStream(disk.real(folder), path -> true)) {
            for (Path path : stream) {
                Path outside = folder.resolve(path.getFileName().toString());
                if (filter.accept(outside)) {
                    found.add(outside);
                }
            }
        }
        return new ListStream(found);
    }

    private record ListStream(List<Path> found) implements DirectoryStream<Path> {
        @Override
        public Iterator<Path> iterator() {
            return found.iterator();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        Path made = disk.real(folder);
        disk.before("make " + made);
        inside.createDirectory(made, attributes);
        disk.created(made);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        Path made = disk.real(link);
        disk.before("symlink " + made);
        inside.createSymbolicLink(made, DiskPath.inside(target), attributes);
        disk.created(made);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        disk.link(disk.real(link), disk.real(existing));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        disk.before("read link");
        return new DiskPath(disk, inside.readSymbolicLink(disk.real(link)));
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(disk.real(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("nobody copies on a simulated disk");
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disk.move(disk.real(source), disk.real(target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return inside.isSameFile(disk.real(one), disk.real(other));
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return inside.getFileStore(disk.real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        inside.checkAccess(disk.real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        Path file = disk.real(path);
        V view = inside.getFileAttributeView(file, type, options);
        if (view == null) {
            return null;
        }
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, method, values) -> {
            try {
                if (method.getName().startsWith("set")) {
                    disk.changesAttributes(file);
                    return method.invoke(view, Arrays.stream(values).map(this::held).toArray());
                }
                return method.invoke(view, values);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        disk.before("look " + path);
        return inside.readAttributes(disk.real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        disk.before("look " + path);
        Path file = disk.real(path);
        Map<String, Object> found = new HashMap<>(inside.readAttributes(file, names, options));
        Object key = SimDisk.key(file);
        if (found.containsKey("nlink") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            found.put("nlink", disk.names(file));
        }
        found.computeIfPresent("ino", (name, value) -> disk.inodes().number(key, disk.device(file)));
        found.computeIfPresent("dev", (name, value) -> disk.device(file));
        found.computeIfPresent("ctime", (name, value) -> disk.inodes().changed(key, (FileTime) value));
        return found;
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
        disk.changesAttributes(disk.real(path));
        inside.setAttribute(disk.real(path), name, held(value), options);
    }

    private Object held(Object value) {
        return value instanceof FileTime time ? disk.held(time) : value;
    }
}
