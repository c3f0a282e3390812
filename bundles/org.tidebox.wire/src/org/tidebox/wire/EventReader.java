package org.tidebox.wire;

import java.io.IOException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads what {@link EventCodec} wrote. For one thread at a time. */
@ConsumerType
public interface EventReader {
    /**
     * Makes one that has read nothing yet.
     *
     * @param mediaType of the source; parameters behind a semicolon do not matter
     * @throws WireException if it is not one of a stream of events
     */
    static EventReader of(InputStream source, String mediaType) throws WireException {
        return switch (mediaType.split(";", 2)[0].strip()) {
            case Routes.CBOR_SEQUENCE -> new SequenceEventReader(source);
            case Routes.EVENT_STREAM -> new TextEventReader(source);
            default -> throw new WireException("expected " + Routes.CBOR_SEQUENCE + " or " + Routes.EVENT_STREAM
                    + ", got " + mediaType);
        };
    }

    /**
     * Waits for the next event.
     *
     * @return {@code null} at the end of the stream
     * @throws WireException if the bytes are no stream of events, or an event does not hold what it should
     * @throws IOException if the source fails
     */
    LibraryEvent next() throws IOException, WireException;
}
