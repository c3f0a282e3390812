package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of an answer as it arrives. Holds little ahead of its reader, and loses patience when nothing comes: what
 * the platform's own stream does not do. Read by one thread; closing from another ends the reading.
 */
final class ResponseBody extends InputStream implements BodySubscriber<ResponseBody> {
    /** How many pieces (of at most some 16 KiB each) may wait for the reader. */
    private static final int AHEAD = 16;
    private static final Subscription CLOSED = new Subscription() {
        @Override
        public void request(long n) {
            // The reader has gone.
        }

        @Override
        public void cancel() {
            // It is already.
        }
    };

    private final Duration patience;
    private final Runnable onStall;
    private volatile boolean whole;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicReference<Subscription> subscription = new AtomicReference<>();
    private Iterator<ByteBuffer> buffers = List.<ByteBuffer>of().iterator();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private Piece last;

    /** Some bytes, or the end with or without a failure. */
    private record Piece(List<ByteBuffer> buffers, boolean end, Throwable failure) {
    }

    /**
     * Waits for what comes.
     *
     * @param patience how long for the next piece
     * @param onStall runs when it did not come
     */
    ResponseBody(Duration patience, Runnable onStall) {
        this.patience = patience;
        this.onStall = onStall;
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        if (subscription.compareAndSet(null, newSubscription)) {
            newSubscription.request(AHEAD);
        } else {
            newSubscription.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        pieces.add(new Piece(item, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        whole = true;
        pieces.add(new Piece(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        return advance() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    @Override
    public void close() {
        Subscription running = subscription.getAndSet(CLOSED);
        // The platform would reset a stream that has ended, too, which costs a packet for each request.
        if (running != null && !whole) {
            running.cancel();
        }
        pieces.add(new Piece(List.of(), true, new IOException("closed")));
    }

    private boolean advance() throws IOException {
        while (!current.hasRemaining()) {
            if (buffers.hasNext()) {
                current = buffers.next();
            } else if (!nextPiece()) {
                return false;
            }
        }
        return true;
    }

    private boolean nextPiece() throws IOException {
        if (last == null) {
            Piece piece = poll();
            if (!piece.end) {
                buffers = piece.buffers.iterator();
                subscription.get().request(1);
                return true;
            }
            last = piece;
        }
        if (last.failure != null) {
            throw last.failure instanceof IOException io ? io : new IOException(last.failure);
        }
        return false;
    }

    private Piece poll() throws IOException {
        try {
            Piece piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                onStall.run();
                throw new StalledException(patience);
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading an answer");
        }
    }
}
