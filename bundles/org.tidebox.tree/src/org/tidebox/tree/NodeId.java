package org.tidebox.tree;

import java.util.random.RandomGenerator;

/** The lasting identity of a node: 128 random bits, chosen by the device that creates it; survives rename and move. */
public final class NodeId extends Bytes {
    /** Length of an id in bytes. */
    public static final int LENGTH = 16;

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

    /** Makes a new id from the given source of randomness. */
    public static NodeId random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new NodeId(bytes);
    }
}
