package org.tidebox.tree;

/** The identity of a content: the SHA-256 of its {@linkplain Recipe#encode() encoded recipe}. */
public final class ContentId extends Bytes {
    /** Length of an id in bytes. */
    public static final int LENGTH = 32;

    /**
     * Wraps a copy of the given bytes.
     *
     * @throws IllegalArgumentException if there are not exactly {@link #LENGTH} of them
     */
    public ContentId(byte[] bytes) {
        super(bytes, LENGTH, "a content id");
    }

    /**
     * Reads an id from its hex digits.
     *
     * @throws IllegalArgumentException if the text is not exactly that
     */
    public static ContentId parse(String hex) {
        return new ContentId(parseHex(hex, LENGTH, "a content id"));
    }
}
