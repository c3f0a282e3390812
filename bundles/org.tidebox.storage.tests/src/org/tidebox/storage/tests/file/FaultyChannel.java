package org.tidebox.storage.tests.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A channel that passes everything on until its faults say otherwise. Does not fake the loss of bytes that were not
 * forced.
 */
final class FaultyChannel extends ChannelThrough {
    private final Faults faults;

    /** When to fail. */
    static final class Faults {
        /** How many more bytes may be written before the disk is full. */
        long room = Long.MAX_VALUE;
        /** Whether forcing fails. */
        boolean failForce;
        /** How often anything was forced. */
        int forced;
    }

    FaultyChannel(FileChannel target, Faults faults) {
        super(target);
        this.faults = faults;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (faults.room == 0) {
            throw new IOException("No space left on device");
        }
        int length = (int) Math.min(bytes.remaining(), faults.room);
        ByteBuffer part = bytes.slice(bytes.position(), length);
        int written = super.write(part);
        bytes.position(bytes.position() + written);
        faults.room -= written;
        return written;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        if (faults.failForce) {
            throw new IOException("Input/output error");
        }
        faults.forced++;
        super.force(metadata);
    }
}
