package org.tidebox.wire;

import java.nio.charset.StandardCharsets;

/**
 * Writes {@link LibraryEvent}s as server-sent events (WHATWG HTML, "text/event-stream"). {@link EventReader} reads
 * them.
 */
public final class EventCodec {
    static final String HEAD = "head";

    private EventCodec() {
    }

    /** Returns the bytes of one event. */
    public static byte[] write(LibraryEvent event) {
        String data = new String(Codec.write(event, Routes.JSON), StandardCharsets.UTF_8);
        return ("event: " + HEAD + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the bytes of a comment: they show that the stream still stands. */
    public static byte[] keepAlive() {
        return ":\n\n".getBytes(StandardCharsets.UTF_8);
    }
}
