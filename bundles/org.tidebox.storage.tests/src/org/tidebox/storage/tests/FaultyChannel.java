package org.tidebox.storage.tests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A channel that passes everything on until its faults say otherwise. Does not fake the loss of bytes that were not
 * forced.
 */
final class FaultyChannel extends FileChannel {
    private final FileChannel target;
    private final Faults faults;

    /** When to fail. */
    static final class Faults {
        /** How many more bytes may be written before the disk is full. */
        long room = Long.MAX_VALUE;
        /** Whether forcing fails. */
        boolean failForce;
        /** How often anything was forced. */
        int forced;
    }

    FaultyChannel(FileChannel target, Faults faults) {
        this.target = target;
        this.faults = faults;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (faults.room == 0) {
            throw new IOException("No space left on device");
        }
        int length = (int) Math.min(bytes.remaining(), faults.room);
        ByteBuffer part = bytes.slice(bytes.position(), length);
        int written = target.write(part);
        bytes.position(bytes.position() + written);
        faults.room -= written;
        return written;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        if (faults.failForce) {
            throw new IOException("Input/output error");
        }
        faults.forced++;
        target.force(metadata);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return target.read(bytes);
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
        return target.read(bytes, offset, length);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
        return write(bytes[offset]);
    }

    @Override
    public long position() throws IOException {
        return target.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        target.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return target.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        target.truncate(size);
        return this;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        return target.transferTo(position, count, to);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) throws IOException {
        return target.transferFrom(from, position, count);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return target.read(bytes, position);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        position(position);
        return write(bytes);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return target.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return target.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return target.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        target.close();
    }
}
