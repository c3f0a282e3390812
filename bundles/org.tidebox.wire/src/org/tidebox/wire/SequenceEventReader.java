package org.tidebox.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads events from byte strings of CBOR; empty ones are passed over. */
final class SequenceEventReader implements EventReader {
    private final InputStream in;

    SequenceEventReader(InputStream source) {
        in = new BufferedInputStream(source);
    }

    @Override
    public LibraryEvent next() throws IOException, WireException {
        int head = in.read();
        while (head == EventCodec.NO_BYTES) {
            head = in.read();
        }
        if (head < 0) {
            return null;
        }
        if (head != EventCodec.BYTES) {
            throw new WireException("expected a byte string of at most " + Limits.MAX_EVENT + " bytes, got a CBOR item"
                    + " that begins with " + head);
        }
        byte[] length = in.readNBytes(Short.BYTES);
        if (length.length < Short.BYTES) {
            return null;
        }
        int count = Byte.toUnsignedInt(length[0]) << Byte.SIZE | Byte.toUnsignedInt(length[1]);
        byte[] event = in.readNBytes(count);
        return event.length < count ? null : Codec.read(event, LibraryEvent.class, Routes.CBOR);
    }
}
