package org.tidebox.sync.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;

/**
 * A long request or one with a long answer, over HTTP/1.1 on a connection of its own: the caller's thread itself writes
 * and reads the socket, which takes a third of the processor time that it takes to hand pieces to the platform's
 * asynchronous client and back. Used by one thread, best a virtual one, whose interruption ends the exchange.
 */
final class BulkExchange implements AutoCloseable {
    /** So many bytes of a request are sent at once. */
    private static final int PIECE = 256 << 10;

    private final HttpsURLConnection connection;
    private final Duration patience;
    private final Runnable abandon;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Odd while a write is under way. */
    private volatile long writes;
    private volatile boolean stalled;
    private boolean answered;

    /**
     * Opens nothing yet.
     *
     * @param connection with all headers
     * @param patience how long to wait for the next sign of life
     * @param abandon closes the connections of this server, whatever they are doing
     */
    BulkExchange(HttpsURLConnection connection, Duration patience, Runnable abandon) {
        this.connection = connection;
        this.patience = patience;
        this.abandon = abandon;
        connection.setDoOutput(true);
        connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
    }

    /** Begins to send a body of unknown length, once only; the caller closes it where it is whole. */
    OutputStream send() throws IOException {
        connection.setChunkedStreamingMode(PIECE);
        connect();
        Thread.ofVirtual().name("tidebox-http-watch").start(this::watch);
        return new WatchedOutput(connection.getOutputStream());
    }

    /** Sends a short body. Where an idle connection turns out to be closed, it is sent again on a new one. */
    void send(byte[] body) throws IOException {
        connect();
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        } catch (IOException e) {
            throw reason(e);
        }
    }

    /** Waits for the answer. */
    Answer answer() throws IOException {
        try {
            int status = connection.getResponseCode();
            answered = true;
            InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            return Answer.of(status, connection.getContentType(), connection.getContentEncoding(),
                    body == null ? InputStream.nullInputStream() : new PatientInput(body));
        } catch (HttpRetryException e) {
            // The platform would log in by other means, and throws away what the server says.
            return Answer.of(e.responseCode(), null, null, InputStream.nullInputStream());
        } catch (IOException e) {
            throw reason(e);
        }
    }

    @Override
    public void close() {
        ended.countDown();
        if (!answered) {
            connection.disconnect();
        }
    }

    private void connect() throws IOException {
        try {
            connection.connect();
        } catch (SocketTimeoutException e) {
            throw new HttpConnectTimeoutException(e.getMessage());
        } catch (IOException e) {
            throw reason(e);
        }
    }

    /** A write to a socket waits for ever where nobody reads at the other end. */
    private void watch() {
        try {
            long before = 0;
            while (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                long now = writes;
                if (now == before && now % 2 != 0) {
                    stalled = true;
                    abandon.run();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            // Nobody does this but a platform that comes to its end.
            Thread.currentThread().interrupt();
        }
    }

    private IOException reason(IOException failure) {
        if (Thread.currentThread().isInterrupted()) {
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while moving bytes");
            interrupted.initCause(failure);
            return interrupted;
        }
        return stalled || failure instanceof SocketTimeoutException ? new StalledException(patience) : failure;
    }

    private final class WatchedOutput extends FilterOutputStream {
        WatchedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            step(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() {
            // What is written goes out in full pieces, and the rest at the end.
        }

        @Override
        public void close() throws IOException {
            step(out::close);
        }

        private void step(Step step) throws IOException {
            writes++;
            try {
                step.run();
            } catch (IOException e) {
                throw reason(e);
            } finally {
                writes++;
            }
        }
    }

    /** Something that may wait. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private final class PatientInput extends FilterInputStream {
        PatientInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                throw reason(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw reason(e);
            }
        }
    }
}
