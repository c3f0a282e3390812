package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a server answers.
 *
 * @param status of HTTP
 * @param type the media type, or {@code "nothing"}
 * @param body still to be read, by one thread
 */
record Answer(int status, String type, InputStream body) implements AutoCloseable {
    /** The type of an answer that does not say it. */
    static final String UNTYPED = "nothing";

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
