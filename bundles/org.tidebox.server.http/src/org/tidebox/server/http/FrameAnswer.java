package org.tidebox.server.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.feature.NoProviderException;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/**
 * An answer of frames that begins with the first one, so that a problem before it can still be the whole answer. What
 * goes wrong later becomes the last frame.
 */
public final class FrameAnswer {
    /** Whoever transfers has claimed it. */
    private static final int BUFFER = 128 << 10;

    private final ApiExchange exchange;
    private FrameWriter writer;

    private FrameAnswer(ApiExchange exchange) {
        this.exchange = exchange;
    }

    /** Writes frames, one at a time. */
    @ConsumerType
    @FunctionalInterface
    public interface Source {
        /** Writes all of them but the end. */
        void write(FrameAnswer frames) throws IOException, ProblemException, StorageException;
    }

    /** Answers with frames. */
    public static void send(ApiExchange exchange, Source source) throws IOException, ProblemException {
        FrameAnswer answer = new FrameAnswer(exchange);
        try {
            source.write(answer);
            answer.writer().writeEnd();
        } catch (ProblemException | StorageException | NoProviderException e) {
            answer.breakOff(ApiEndpoint.problemOf(e));
        }
    }

    /** Returns what writes the frames; the answer begins with the first one. */
    public FrameWriter writer() throws IOException {
        if (writer == null) {
            exchange.response().setContentType(Routes.FRAMES);
            exchange.response().setBufferSize(BUFFER);
            writer = new FrameWriter(new Unflushed(exchange.output()));
        }
        return writer;
    }

    private void breakOff(ProblemException problem) throws IOException, ProblemException {
        if (writer == null) {
            throw problem;
        }
        writer.writeProblem(problem.toProblem());
    }

    /** Goes out when the buffer is full, and with the end of the answer: an end of its own would cost one more packet. */
    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            // See above.
        }
    }
}
