package org.tidebox.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A part of a stream that a parser may read, so that a record is read as it comes and is never in memory as bytes.
 * Remembers whether it was the stream that failed: what a parser says then is not to be believed. Does not close the
 * stream.
 */
final class Portion extends InputStream {
    private final InputStream source;
    private final boolean exact;
    private long left;
    private boolean exceeded;
    private IOException failure;

    private Portion(InputStream source, long length, boolean exact) {
        this.source = source;
        this.left = length;
        this.exact = exact;
    }

    /** Returns exactly so many bytes; fewer are a failure of the stream, and more are none of the portion. */
    static Portion exactly(long length, InputStream source) {
        return new Portion(source, length, true);
    }

    /** Returns all bytes; that there are more than so many is to be asked afterwards. */
    static Portion atMost(long length, InputStream source) {
        return new Portion(source, length, false);
    }

    /** Returns whether there was more than there may be. */
    boolean isExceeded() {
        return exceeded;
    }

    /** Throws what the stream threw, if anything. */
    void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Passes over what the parser left. */
    void finish() throws IOException {
        while (read(new byte[1 << 10], 0, 1 << 10) >= 0) {
            throwFailure();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0 || left == 0 && (exact || exceeded)) {
            return length == 0 ? 0 : -1;
        }
        try {
            int count = source.read(bytes, offset, (int) Math.min(length, Math.max(left, 1)));
            if (count < 0 && exact) {
                throw new EOFException();
            }
            exceeded = count > 0 && left == 0;
            left -= exceeded ? 0 : Math.max(count, 0);
            return exceeded ? -1 : count;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
