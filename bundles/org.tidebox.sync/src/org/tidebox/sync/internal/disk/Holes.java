package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Keeps zeros out of files: a stretch of zeros that is not written stays a hole, which reads as zeros and takes no
 * room. So sparse files stay sparse.
 */
public final class Holes {
    /** File systems give room in blocks of this size or larger. */
    private static final int BLOCK = 4096;
    /** Java copies what it writes, to memory that it keeps. */
    private static final int WRITE_AT_ONCE = 1 << 20;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    private Holes() {
    }

    /** Returns whether a buffer holds nothing but zeros between position and limit. */
    public static boolean isZero(ByteBuffer raw) {
        for (int at = raw.position(); at < raw.limit(); at += BLOCK) {
            if (!isZero(raw, at, Math.min(BLOCK, raw.limit() - at))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a piece of a file that had nothing there before, but for its zeros, as far as they fill blocks or reach
     * over its ends.
     *
     * @return how far into the file was written; 0 if nothing was
     */
    public static long write(FileChannel channel, long offset, ByteBuffer raw) throws IOException {
        long end = 0;
        int from = raw.position();
        int at = from;
        while (at < raw.limit()) {
            int block = (int) Math.min(BLOCK - (offset + at - raw.position()) % BLOCK, raw.limit() - at);
            if (isZero(raw, at, block)) {
                end = writeAll(channel, offset + from - raw.position(), raw.slice(from, at - from), end);
                from = at + block;
            }
            at += block;
        }
        return writeAll(channel, offset + from - raw.position(), raw.slice(from, at - from), end);
    }

    private static boolean isZero(ByteBuffer raw, int from, int length) {
        return raw.get(from) == 0 && raw.slice(from, length).mismatch(ZEROS.slice(0, length)) < 0;
    }

    private static long writeAll(FileChannel channel, long offset, ByteBuffer raw, long before) throws IOException {
        long at = offset;
        int limit = raw.limit();
        while (raw.position() < limit) {
            raw.limit(Math.min(limit, raw.position() + WRITE_AT_ONCE));
            at += channel.write(raw, at);
        }
        return at == offset ? before : at;
    }
}
