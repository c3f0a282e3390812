package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** A stretch of an open file as a channel of its own; the file stays open. */
final class FileStretch implements ReadableByteChannel {
    private final FileChannel file;
    private final long end;
    private long at;

    /** Begins with an offset and the most bytes to read from there. */
    FileStretch(FileChannel file, long offset, long length) {
        this.file = file;
        this.at = offset;
        this.end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
    }

    @Override
    public int read(ByteBuffer room) throws IOException {
        if (at >= end) {
            return -1;
        }
        int most = (int) Math.min(room.remaining(), end - at);
        int read = file.read(room.slice(room.position(), most), at);
        room.position(room.position() + Math.max(read, 0));
        at += Math.max(read, 0);
        return read;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() {
        at = end;
    }
}
