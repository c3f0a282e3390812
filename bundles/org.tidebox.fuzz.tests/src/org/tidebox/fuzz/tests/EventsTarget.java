package org.tidebox.fuzz.tests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.tidebox.wire.EventCodec;
import org.tidebox.wire.EventReader;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** The news that a device listens to. The first byte chooses the form. */
final class EventsTarget implements Target {
    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        String type = draw.next() % 2 == 0 ? Routes.CBOR_SEQUENCE : Routes.EVENT_STREAM;
        EventReader reader = EventReader.of(new ByteArrayInputStream(draw.rest()), type);
        try {
            for (LibraryEvent event = reader.next(); event != null; event = reader.next()) {
                check(event, type);
            }
        } catch (WireException e) {
            return;
        }
    }

    private static void check(LibraryEvent event, String type) throws IOException {
        byte[] bytes = EventCodec.write(event, type);
        try {
            LibraryEvent again = EventReader.of(new ByteArrayInputStream(bytes), type).next();
            if (again.head() != event.head() || !again.library().equals(event.library())) {
                throw new AssertionError("news change when they are written");
            }
        } catch (WireException e) {
            throw new AssertionError("news cannot be read again", e);
        }
        event.join(event);
    }

    @Override
    public List<byte[]> seeds() {
        LibraryEvent event = new LibraryEvent(Samples.LIBRARY, 9, true);
        return List.of(Samples.prefixed(0, EventCodec.write(event, Routes.CBOR_SEQUENCE)),
                Samples.prefixed(1, EventCodec.write(event, Routes.EVENT_STREAM)),
                Samples.prefixed(0, EventCodec.keepAlive(Routes.CBOR_SEQUENCE)),
                Samples.prefixed(1, EventCodec.keepAlive(Routes.EVENT_STREAM)));
    }
}
