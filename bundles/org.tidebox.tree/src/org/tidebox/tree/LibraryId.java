package org.tidebox.tree;

import java.util.random.RandomGenerator;

/** The identity of a library: 128 random bits. */
public final class LibraryId extends Bytes {
    /** Length of an id in bytes. */
    public static final int LENGTH = 16;

    /**
     * Wraps a copy of the given bytes.
     *
     * @throws IllegalArgumentException if there are not exactly {@link #LENGTH} of them
     */
    public LibraryId(byte[] bytes) {
        super(bytes, LENGTH, "a library id");
    }

    /**
     * Reads an id from its hex digits.
     *
     * @throws IllegalArgumentException if the text is not exactly that
     */
    public static LibraryId parse(String hex) {
        return new LibraryId(parseHex(hex, LENGTH, "a library id"));
    }

    /** Makes a new id from the given source of randomness. */
    public static LibraryId random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new LibraryId(bytes);
    }
}
