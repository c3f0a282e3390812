package org.tidebox.sync.http;

import java.io.IOException;
import java.time.Duration;

/** Nothing has moved on a connection for too long. */
final class StalledException extends IOException {
    private static final long serialVersionUID = 1L;

    StalledException(Duration patience) {
        super("nothing moved for " + patience.toSeconds() + " s");
    }
}
