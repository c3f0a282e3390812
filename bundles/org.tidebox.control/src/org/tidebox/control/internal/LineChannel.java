package org.tidebox.control.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/** Lines of bytes over a socket. One thread reads, any number write. */
public final class LineChannel implements AutoCloseable {
    /** Longer lines are passed over (bytes). */
    public static final int MAX_LINE = 16 << 20;
    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(16 << 10).limit(0);
    private final ReentrantLock writing = new ReentrantLock();

    /** A line was longer than {@link #MAX_LINE}; the next {@link #readLine} goes on behind it. */
    public static final class LineTooLongException extends Exception {
        private static final long serialVersionUID = 1L;

        LineTooLongException() {
            super("a line has at most " + MAX_LINE + " bytes");
        }
    }

    /** Takes over a connected channel. */
    public LineChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Returns the next line without its end, or {@code null} when the other side has ended; half a line at the end is
     * dropped.
     */
    public byte[] readLine() throws IOException, LineTooLongException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        while (fill()) {
            int start = input.position();
            int end = start;
            while (end < input.limit() && input.get(end) != '\n') {
                end++;
            }
            tooLong |= line.size() + end - start > MAX_LINE;
            if (!tooLong) {
                line.write(input.array(), start, end - start);
            }
            boolean whole = end < input.limit();
            input.position(whole ? end + 1 : end);
            if (whole && tooLong) {
                throw new LineTooLongException();
            } else if (whole) {
                return line.toByteArray();
            }
        }
        return null;
    }

    /** Sends a line; its end is added. */
    public void writeLine(byte[] line) throws IOException {
        ByteBuffer output = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        writing.lock();
        try {
            while (output.hasRemaining()) {
                channel.write(output);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean fill() throws IOException {
        if (input.hasRemaining()) {
            return true;
        }
        input.clear();
        int count = channel.read(input);
        input.flip();
        return count > 0;
    }
}
