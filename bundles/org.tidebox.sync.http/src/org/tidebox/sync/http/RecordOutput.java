package org.tidebox.sync.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers records of TLS, so that many go out by one call of the system. One of full length is followed by another one,
 * or else by a wait for the answer: a shorter one takes all before it along, and so does {@link #drain}, which must be
 * called before that wait. Thread-safe.
 */
final class RecordOutput extends FilterOutputStream {
    /** Gathered at most. */
    static final int ROOM = 128 << 10;
    /** A record with this much of content is full; it is some bytes longer itself. */
    private static final int FULL = 16 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private byte[] gathered;
    private int count;

    RecordOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (length > FULL && length <= ROOM) {
                gather(bytes, offset, length);
            } else {
                finish(bytes, offset, length);
            }
        } finally {
            lock.unlock();
        }
    }

    /** TLS flushes each record; what is not full went out already. */
    @Override
    public void flush() {
        // See above.
    }

    /** Sends what was gathered. */
    void drain() throws IOException {
        lock.lock();
        try {
            sendGathered();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        try (OutputStream closed = out) {
            drain();
        }
    }

    private void gather(byte[] bytes, int offset, int length) throws IOException {
        if (gathered == null) {
            gathered = new byte[ROOM];
        }
        if (length > ROOM - count) {
            sendGathered();
        }
        System.arraycopy(bytes, offset, gathered, count, length);
        count += length;
    }

    private void finish(byte[] bytes, int offset, int length) throws IOException {
        if (count > 0 && length <= ROOM - count) {
            gather(bytes, offset, length);
            sendGathered();
        } else {
            sendGathered();
            out.write(bytes, offset, length);
        }
    }

    private void sendGathered() throws IOException {
        int length = count;
        count = 0;
        if (length > 0) {
            out.write(gathered, 0, length);
        }
    }
}
