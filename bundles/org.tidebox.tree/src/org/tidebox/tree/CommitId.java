package org.tidebox.tree;

import java.util.random.RandomGenerator;

/** The identity of a commit: 128 random bits; sending the same commit twice changes nothing. */
public final class CommitId extends Bytes {
    /** Length of an id in bytes. */
    public static final int LENGTH = 16;

    /**
     * Wraps a copy of the given bytes.
     *
     * @throws IllegalArgumentException if there are not exactly {@link #LENGTH} of them
     */
    public CommitId(byte[] bytes) {
        super(bytes, LENGTH, "a commit id");
    }

    /**
     * Reads an id from its hex digits.
     *
     * @throws IllegalArgumentException if the text is not exactly that
     */
    public static CommitId parse(String hex) {
        return new CommitId(parseHex(hex, LENGTH, "a commit id"));
    }

    /** Makes a new id from the given source of randomness. */
    public static CommitId random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new CommitId(bytes);
    }
}
