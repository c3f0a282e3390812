package org.tidebox.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.tidebox.wire.Compression;

/**
 * The body of an answer as it is made: a short one goes out as it is, with its length; a long one goes on as it comes,
 * compressed for those who take that. So no answer is in memory as a whole. Flushing does nothing: bytes go out when
 * the buffers are full, and with the end, since an end of its own would cost one more packet.
 */
final class AnswerStream extends OutputStream {
    private final HttpServletResponse response;
    private final Target target;
    private final boolean compresses;
    private final byte[] head = new byte[Compression.WORTHWHILE];
    private int length;
    private OutputStream out;

    /**
     * Has written nothing yet.
     *
     * @param compresses whether a long answer may be compressed
     */
    AnswerStream(HttpServletResponse response, OutputStream target, boolean compresses) {
        this.response = response;
        this.target = new Target(target);
        this.compresses = compresses;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (out == null && length + count < head.length) {
            System.arraycopy(bytes, offset, head, length, count);
            length += count;
            return;
        }
        if (out == null) {
            begin();
        }
        out.write(bytes, offset, count);
    }

    @Override
    public void flush() {
        // See above.
    }

    @Override
    public void close() throws IOException {
        if (out == null) {
            response.setContentLength(length);
            out = target;
            out.write(head, 0, length);
        }
        out.close();
    }

    /** Writes no more, and takes back what can be: something else may be the answer if none of this one has left. */
    void giveUp() throws IOException {
        target.isGivenUp = true;
        response.setHeader("Content-Encoding", null);
        if (out != null) {
            out.close();
        }
    }

    private void begin() throws IOException {
        if (compresses) {
            response.setHeader("Content-Encoding", Compression.CODING);
            out = Compression.compress(target);
        } else {
            out = target;
        }
        out.write(head, 0, length);
    }

    private static final class Target extends FilterOutputStream {
        private boolean isGivenUp;

        Target(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (!isGivenUp) {
                out.write(bytes, offset, count);
            }
        }

        @Override
        public void flush() {
            // As the stream itself.
        }

        @Override
        public void close() throws IOException {
            if (!isGivenUp) {
                out.close();
            }
        }
    }
}
