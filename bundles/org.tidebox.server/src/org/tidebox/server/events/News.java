package org.tidebox.server.events;

import org.tidebox.wire.EventCodec;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Routes;

/** News as they go to many streams: what is long is encoded once for all of them. Thread-safe. */
public final class News {
    private final LibraryEvent event;
    private byte[] sequence;

    News(LibraryEvent event) {
        this.event = event;
    }

    /** Returns what they say. */
    public LibraryEvent event() {
        return event;
    }

    /**
     * Returns the bytes for a stream; not to be changed.
     *
     * @param mediaType of the stream, as {@link EventCodec#write} takes it
     */
    public byte[] bytes(String mediaType) {
        return mediaType.equals(Routes.CBOR_SEQUENCE) ? sequence() : EventCodec.write(event, mediaType);
    }

    private synchronized byte[] sequence() {
        if (sequence == null) {
            sequence = EventCodec.write(event, Routes.CBOR_SEQUENCE);
        }
        return sequence;
    }

    News join(News other) {
        return new News(event.join(other.event));
    }
}
