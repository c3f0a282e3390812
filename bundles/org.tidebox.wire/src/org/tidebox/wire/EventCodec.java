package org.tidebox.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@link LibraryEvent}s as server-sent events (WHATWG HTML, "text/event-stream") or as a CBOR sequence (RFC
 * 8742) of byte strings. {@link EventReader} reads them.
 */
public final class EventCodec {
    static final String HEAD = "head";
    /** Begins a byte string whose length follows in two bytes. */
    static final int BYTES = 0x59;
    /** A byte string of nothing. */
    static final int NO_BYTES = 0x40;

    private EventCodec() {
    }

    /**
     * Returns the bytes of one event. Server-sent events tell no changes, and a CBOR sequence none that would make an
     * event too long.
     *
     * @param mediaType {@link Routes#EVENT_STREAM} or {@link Routes#CBOR_SEQUENCE}
     */
    public static byte[] write(LibraryEvent event, String mediaType) {
        if (mediaType.equals(Routes.CBOR_SEQUENCE)) {
            byte[] cbor = Codec.write(event, Routes.CBOR);
            return bytes(cbor.length > Limits.MAX_EVENT ? Codec.write(event.withoutPushed(), Routes.CBOR) : cbor);
        }
        String data = new String(Codec.write(event.withoutPushed(), Routes.JSON), StandardCharsets.UTF_8);
        return ("event: " + HEAD + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns bytes that only show that the stream still stands.
     *
     * @param mediaType as in {@link #write}
     */
    public static byte[] keepAlive(String mediaType) {
        return mediaType.equals(Routes.CBOR_SEQUENCE)
                ? new byte[]{NO_BYTES}
                : ":\n\n".getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(byte[] content) {
        return ByteBuffer.allocate(1 + Short.BYTES + content.length).put((byte) BYTES).putShort((short) content.length)
                .put(content).array();
    }
}
