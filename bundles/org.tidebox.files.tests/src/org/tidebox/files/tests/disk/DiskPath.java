package org.tidebox.files.tests.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of a {@link SimDisk}; all of its algebra is that of the path inside. Its hash is the same in every run. */
record DiskPath(SimDisk disk, Path inside) implements Path {
    static Path inside(Path path) {
        return path instanceof DiskPath own ? own.inside : path;
    }

    private Path outside(Path path) {
        return path == null ? null : new DiskPath(disk, path);
    }

    @Override
    public FileSystem getFileSystem() {
        return disk.files();
    }

    @Override
    public boolean isAbsolute() {
        return inside.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return outside(inside.getRoot());
    }

    @Override
    public Path getFileName() {
        return outside(inside.getFileName());
    }

    @Override
    public Path getParent() {
        return outside(inside.getParent());
    }

    @Override
    public int getNameCount() {
        return inside.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return outside(inside.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return outside(inside.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return inside.startsWith(inside(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return inside.endsWith(inside(other));
    }

    @Override
    public Path normalize() {
        return outside(inside.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return outside(inside.resolve(inside(other)));
    }

    @Override
    public Path relativize(Path other) {
        return outside(inside.relativize(inside(other)));
    }

    @Override
    public URI toUri() {
        return inside.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return outside(inside.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return outside(inside.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("simulations tell the engine themselves what changed");
    }

    @Override
    public int compareTo(Path other) {
        return inside.compareTo(inside(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskPath path && path.disk == disk && path.inside.equals(inside);
    }

    @Override
    public int hashCode() {
        return inside.toString().hashCode();
    }

    @Override
    public String toString() {
        return inside.toString();
    }
}
