package org.tidebox.tree;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The lasting identity of a node: 128 bits, so many of them random that no two meet, chosen by the device that creates
 * it; survives rename and move.
 */
public final class NodeId extends Bytes {
    /** Length of an id in bytes. */
    public static final int LENGTH = 16;
    private static final int RANDOM_LENGTH = 10;

    /**
     * Wraps a copy of the given bytes.
     *
     * @throws IllegalArgumentException if there are not exactly {@link #LENGTH} of them
     */
    public NodeId(byte[] bytes) {
        super(bytes, LENGTH, "a node id");
    }

    /**
     * Reads an id from its hex digits.
     *
     * @throws IllegalArgumentException if the text is not exactly that
     */
    public static NodeId parse(String hex) {
        return new NodeId(parseHex(hex, LENGTH, "a node id"));
    }

    /** The root folder of every library: always there, never changed. */
    public static final NodeId ROOT = new NodeId(new byte[LENGTH]);

    /**
     * Makes a new id that lies behind those made before, so that many of them come to lie side by side in an index: as in
     * a UUID of version 7 (RFC 9562), 48 bits of milliseconds since 1970, then 80 random ones. Nothing that lasts
     * depends on the order, so a wrong clock does no harm.
     */
    public static NodeId rising(Instant now, RandomGenerator random) {
        byte[] tail = new byte[RANDOM_LENGTH];
        random.nextBytes(tail);
        long time = now.toEpochMilli();
        return new NodeId(ByteBuffer.allocate(LENGTH).putShort((short) (time >> Integer.SIZE)).putInt((int) time)
                .put(tail).array());
    }

    /** Returns whether it was made within a time of a moment, as far as the clock of the device that made it was right. */
    public boolean isMadeAbout(Instant moment, Duration within) {
        ByteBuffer head = ByteBuffer.wrap(toBytes());
        long time = (head.getShort() & 0xffffL) << Integer.SIZE | head.getInt() & 0xffffffffL;
        return Math.abs(moment.toEpochMilli() - time) <= within.toMillis();
    }

    /** Makes a new id from the given source of randomness. */
    public static NodeId random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new NodeId(bytes);
    }
}
