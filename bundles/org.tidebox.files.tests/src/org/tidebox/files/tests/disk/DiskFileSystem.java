package org.tidebox.files.tests.disk;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The file system of a {@link SimDisk}. */
final class DiskFileSystem extends FileSystem {
    private final SimDisk disk;
    private final FileSystem inside;
    private final DiskProvider provider;

    DiskFileSystem(SimDisk disk, FileSystem inside) {
        this.disk = disk;
        this.inside = inside;
        this.provider = new DiskProvider(disk, inside.provider());
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        disk.close();
    }

    @Override
    public boolean isOpen() {
        return inside.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return inside.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        inside.getRootDirectories().forEach(root -> roots.add(new DiskPath(disk, root)));
        return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return inside.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return inside.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return new DiskPath(disk, inside.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = inside.getPathMatcher(pattern);
        return path -> matcher.matches(DiskPath.inside(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return inside.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("simulations tell the engine themselves what changed");
    }
}
