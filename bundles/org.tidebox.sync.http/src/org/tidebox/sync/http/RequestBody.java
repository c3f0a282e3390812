package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of a request, written by one thread while the HTTP client sends it. Holds at most {@link #CAPACITY} pieces;
 * the writer waits when they are used up, so that memory stays small however long the body is. It can be sent once
 * only.
 */
final class RequestBody extends OutputStream implements BodyPublisher, Subscription {
    /** Pieces that may wait; what writes here hands over pieces of 64 KiB or one chunk. */
    static final int CAPACITY = 16;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private long taken;
    private boolean claimed;
    private boolean delivering;
    private boolean finished;
    private boolean stopped;
    private boolean done;
    private Throwable failure;

    /** Nobody wants the rest of the body; the answer says why. */
    static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    RequestBody(Duration patience) {
        this.patience = patience;
    }

    @Override
    public long contentLength() {
        return -1;
    }

    /** Returns how many pieces the HTTP client has taken: the measure of progress. */
    long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        lock.lock();
        try {
            awaitRoom();
            pieces.add(ByteBuffer.wrap(copy));
        } finally {
            lock.unlock();
        }
        deliver();
    }

    /** Says that the body is whole. */
    void finish() {
        end(null);
    }

    /** Says that the body will never be whole: the request is aborted. */
    void fail(Throwable why) {
        end(why);
    }

    /** Makes the writer stop: an answer or a failure is there already. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            pieces.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> newSubscriber) {
        boolean first = claim();
        newSubscriber.onSubscribe(first ? this : new RequestBody(patience));
        if (first) {
            attach(newSubscriber);
        } else {
            newSubscriber.onError(new IOException("the body of this request cannot be sent twice"));
        }
    }

    @Override
    public void request(long n) {
        lock.lock();
        try {
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        } finally {
            lock.unlock();
        }
        deliver();
    }

    @Override
    public void cancel() {
        lock.lock();
        done = true;
        lock.unlock();
        stop();
    }

    private boolean claim() {
        lock.lock();
        try {
            boolean first = !claimed;
            claimed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void attach(Subscriber<? super ByteBuffer> newSubscriber) {
        lock.lock();
        try {
            subscriber = newSubscriber;
        } finally {
            lock.unlock();
        }
        deliver();
    }

    private void end(Throwable why) {
        lock.lock();
        try {
            finished = true;
            failure = why;
        } finally {
            lock.unlock();
        }
        deliver();
    }

    private void awaitRoom() throws IOException {
        long nanos = patience.toNanos();
        try {
            while (pieces.size() >= CAPACITY && !stopped) {
                if (nanos <= 0) {
                    throw new StalledException(patience);
                }
                nanos = room.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending a request");
        }
        if (stopped) {
            throw new StoppedException();
        }
    }

    /**
     * Hands over what is wanted and there. Runs on writer and client threads, but never twice at a time: whoever comes
     * second leaves it to the first.
     */
    private void deliver() {
        for (Runnable step = nextStep(true); step != null; step = nextStep(false)) {
            step.run();
        }
    }

    private Runnable nextStep(boolean entering) {
        lock.lock();
        try {
            if (entering && delivering) {
                return null;
            }
            Runnable step = done || subscriber == null ? null : stepFor(subscriber);
            delivering = step != null;
            return step;
        } finally {
            lock.unlock();
        }
    }

    private Runnable stepFor(Subscriber<? super ByteBuffer> target) {
        if (finished && failure != null) {
            done = true;
            return () -> target.onError(failure);
        }
        if (!pieces.isEmpty() && demand > 0) {
            demand--;
            taken++;
            room.signalAll();
            ByteBuffer piece = pieces.remove();
            return () -> target.onNext(piece);
        }
        if (finished && !stopped && pieces.isEmpty()) {
            done = true;
            return target::onComplete;
        }
        return null;
    }
}
