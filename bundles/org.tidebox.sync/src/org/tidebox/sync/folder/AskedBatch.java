package org.tidebox.sync.folder;

/**
 * What a run found to ask the person about, all at once.
 *
 * @param entries how many are new, or have another content than when they were asked about before
 * @param bytes of their contents
 * @param waiting how many wait for an answer now, with those
 */
public record AskedBatch(long entries, long bytes, long waiting) {
    /** Nothing to ask. */
    public static final AskedBatch NONE = new AskedBatch(0, 0, 0);
}
