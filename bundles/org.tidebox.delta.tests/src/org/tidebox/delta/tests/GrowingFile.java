package org.tidebox.delta.tests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.Callable;

/** A file to which somebody appends after its size was asked for and before it is read. */
final class GrowingFile implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private Callable<?> append;

    GrowingFile(SeekableByteChannel file, Callable<?> append) {
        this.file = file;
        this.append = append;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (append != null) {
            try {
                append.call();
            } catch (Exception e) {
                throw new IOException(e);
            }
            append = null;
        }
        return file.read(to);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return file.write(from);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
