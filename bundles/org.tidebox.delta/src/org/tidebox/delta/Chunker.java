package org.tidebox.delta;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An algorithm that finds where to cut a content. Stateless and thread-safe; the same bytes give the same cuts.
 * A service.
 */
@ProviderType
public interface Chunker {
    /** The service property that holds {@link #name()}. */
    String PROVIDER = "tidebox.provider";

    /** Returns the name that recipes record. */
    String name();

    /**
     * Returns the chunker of the same kind for contents of this length (bytes), itself or another one with another
     * name: what is long may be cut into longer chunks, of which there are fewer to keep account of.
     */
    default Chunker forLength(long length) {
        return this;
    }

    /** Returns the length of the longest chunk in bytes. */
    int maxLength();

    /**
     * Finds the end of the chunk that begins at {@code from}. It depends on the bytes of the chunk only, or is the end
     * of the content: the same bytes are a chunk wherever one begins with them.
     *
     * @param data holds the content from {@code from} to {@code to}; either at least {@link #maxLength()} bytes or all
     *        that is left
     * @param from index of the first byte of the chunk
     * @param to index after the last byte that is there; greater than {@code from}
     * @return the length of the chunk, 1 to {@code maxLength()}
     */
    int cut(byte[] data, int from, int to);
}
