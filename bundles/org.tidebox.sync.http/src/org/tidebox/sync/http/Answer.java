package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InputStream;
import org.tidebox.wire.Compression;

/**
 * What a server answers.
 *
 * @param status of HTTP
 * @param type the media type, or {@code "nothing"}
 * @param body still to be read, by one thread; as it was before it was compressed
 */
record Answer(int status, String type, InputStream body) implements AutoCloseable {
    /** The type of an answer that does not say it. */
    private static final String UNTYPED = "nothing";
    /** The header in which a request says which compression it takes. */
    static final String ACCEPTED_CODING = "Accept-Encoding";

    /**
     * Returns an answer as it came.
     *
     * @param type the media type, or {@code null}
     * @param coding how the body is compressed, or {@code null}
     * @throws IOException if it is in a way that was not asked for
     */
    static Answer of(int status, String type, String coding, InputStream body) throws IOException {
        if (coding != null && !coding.equals(Compression.CODING)) {
            throw new IOException("The server compressed its answer with '" + coding + "', which nobody asked for");
        }
        return new Answer(status, type == null ? UNTYPED : type, coding == null ? body : Compression.expand(body));
    }

    /** Lets go of what has not been read. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // The connection broke, which means nothing to someone who wants no more of it.
            return;
        }
    }
}
