package org.tidebox.wire;

import org.tidebox.tree.ChangePage;

/** How much one request may hold; both sides keep to it, and the server refuses more. */
public final class Limits {
    /** Ids in one request. */
    public static final int MAX_IDS = 10_000;
    /** Chunks of which one request may want the signatures: each has to be read as a whole. */
    public static final int MAX_SIGNATURES = 1_000;
    /** Changes in one commit. */
    public static final int MAX_CHANGES = 1_000;
    /** Nodes in one page of changes. */
    public static final int MAX_PAGE = 5_000;
    /** A page of fewer nodes or versions that is not {@linkplain ChangePage#MAX_WEIGHT heavy} either is the last one. */
    public static final int LEAST_PAGE = 1_000;
    /** Bytes of a JSON or CBOR body, or of a commit frame. */
    public static final int MAX_MESSAGE = 16 << 20;
    /** Libraries of one account. */
    public static final int MAX_LIBRARIES = 1_000;
    /** Bytes of a body that holds a few names or numbers. */
    public static final int MAX_SHORT_MESSAGE = 16 << 10;
    /** Bytes of a body that holds {@link #MAX_IDS} ids: each has 64 digits at most, and JSON puts something around. */
    public static final int MAX_IDS_MESSAGE = 100 * MAX_IDS;
    /** Bytes of a body that holds {@link #MAX_IDS} chunks that are wanted, with their bases. */
    public static final int MAX_WISHES_MESSAGE = 500 * MAX_IDS;
    /** Nodes that travel with one piece of news. */
    public static final int MAX_PUSHED_NODES = 32;
    /** Encoded bytes of chunks that travel with one piece of news. */
    public static final int MAX_PUSHED_BYTES = 8 << 10;
    /** Bytes of one piece of news. */
    public static final int MAX_EVENT = (64 << 10) - 1;
    /**
     * Encoded bytes of chunks that a client puts into one batch of small files, and that a server gathers before it
     * makes them durable.
     */
    public static final int BATCH_BYTES = 8 << 20;

    private Limits() {
    }
}
