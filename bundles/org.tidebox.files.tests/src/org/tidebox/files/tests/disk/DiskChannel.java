package org.tidebox.files.tests.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A channel to a file of a {@link SimDisk}: what is written through it survives a crash once it was forced. A folder
 * has one with nothing inside, which can be forced; whoever reads it is refused.
 */
final class DiskChannel extends FileChannel {
    private final SimDisk disk;
    private final Object file;
    private final FileChannel inside;

    DiskChannel(SimDisk disk, Object file, FileChannel inside) {
        this.disk = disk;
        this.file = file;
        this.inside = inside;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        disk.before("read");
        return readable().read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        disk.before("read");
        return readable().read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        disk.before("read");
        return readable().read(target, position);
    }

    private FileChannel readable() throws IOException {
        if (inside == null) {
            throw new IOException("Is a directory");
        }
        return inside;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        disk.writes(file, inside.position());
        return inside.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        disk.writes(file, inside.position());
        return inside.write(sources, offset, length);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        disk.writes(file, position);
        return inside.write(source, position);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return inside.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        disk.writes(file, position);
        return inside.transferFrom(source, position, count);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.writes(file, size);
        inside.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.forces(file, inside == null ? 0 : inside.size());
    }

    @Override
    public long position() throws IOException {
        return inside.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        inside.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return inside.size();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("a simulated disk maps nothing");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return inside.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return inside.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        if (inside != null) {
            inside.close();
        }
    }
}
