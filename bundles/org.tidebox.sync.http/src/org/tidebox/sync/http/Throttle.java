package org.tidebox.sync.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets bytes pass no faster than a rate, whoever moves them: a token bucket. Those who want to pass at once take turns,
 * a little at a time each, so that a small transfer does not wait for a big one. Thread-safe.
 */
final class Throttle {
    /** So much (bytes) passes in one turn at most. */
    private static final int TURN = 16 << 10;
    /** So much of a second's bytes passes in one turn, and may be saved up, at most. */
    private static final int PART = 8;
    private static final double SECOND = 1e9;

    private final Time time;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long rate;
    private double saved;
    private long savedAt;

    /** The passing of time. */
    interface Time {
        /** The machine's. */
        Time REAL = new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void await(Condition news, long nanos) throws InterruptedException {
                news.awaitNanos(nanos);
            }
        };

        /** Returns nanoseconds since some moment. */
        long nanos();

        /** Waits so long, or until there is news; may return earlier. */
        void await(Condition news, long nanos) throws InterruptedException;
    }

    /** Lets everything pass for now. */
    Throttle(Time time) {
        this.time = time;
    }

    /**
     * Limits what passes from now on, also for those who wait.
     *
     * @param bytesPerSecond 0 for no limit
     */
    void limit(long bytesPerSecond) {
        lock.lock();
        try {
            save();
            saved = Math.min(saved, 0);
            rate = bytesPerSecond;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many bytes pass in a second at most, 0 without a limit. */
    long rate() {
        return rate;
    }

    /** Returns a stream whose bytes wait before they go on to the given one. */
    OutputStream slow(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                take(1);
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length;) {
                    int count = take(length - done);
                    out.write(bytes, offset + done, count);
                    done += count;
                }
            }
        };
    }

    /** Returns a stream whose bytes wait after they have come from the given one. */
    InputStream slow(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int b = in.read();
                if (b >= 0) {
                    take(1);
                }
                return b;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                for (int done = 0; done < count;) {
                    done += take(count - done);
                }
                return count;
            }
        };
    }

    /** Waits until some of the wanted bytes may pass, and returns how many. */
    private int take(int wanted) throws InterruptedIOException {
        if (rate == 0) {
            return wanted;
        }
        try {
            turn.lockInterruptibly();
            try {
                return takeInTurn(wanted);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for bandwidth");
        }
    }

    private int takeInTurn(int wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            save();
            while (rate > 0 && saved < 0) {
                time.await(changed, 1 + (long) (-saved * SECOND / rate));
                save();
            }
            if (rate == 0) {
                return wanted;
            }
            int granted = (int) Math.min(Math.min(wanted, TURN), Math.max(1, rate / PART));
            saved -= granted;
            return granted;
        } finally {
            lock.unlock();
        }
    }

    private void save() {
        long now = time.nanos();
        saved = Math.min((double) rate / PART, saved + (now - savedAt) * rate / SECOND);
        savedAt = now;
    }
}
