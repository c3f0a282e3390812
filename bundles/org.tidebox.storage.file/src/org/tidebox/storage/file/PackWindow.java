package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads a pack from front to back through one buffer, as long as the pack was when the reading began. Not thread-safe.
 */
final class PackWindow {
    private static final int SIZE = 2 * PackFormat.MAX_FRAME;

    private final PackFile file;
    private final long end;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long start;

    PackWindow(PackFile file, long end) {
        this.file = file;
        this.end = end;
    }

    long end() {
        return end;
    }

    /**
     * Returns the bytes from the offset on: as many as asked for, or fewer at the end of the pack. Valid until the
     * next call.
     */
    ByteBuffer at(long offset, int length) throws IOException {
        int wanted = (int) Math.min(length, Math.max(0, end - offset));
        if (offset < start || offset + wanted > start + buffer.limit()) {
            fill(offset);
        }
        return buffer.slice((int) (offset - start), Math.min(wanted, (int) (start + buffer.limit() - offset)));
    }

    private void fill(long offset) throws IOException {
        int length = (int) Math.min(SIZE, Math.max(0, end - offset));
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        start = offset;
        buffer.clear().limit(length);
        file.read(buffer, offset);
        buffer.flip();
    }
}
