package org.tidebox.sync.tests;

import org.tidebox.delta.Chunker;

/** Cuts by content into small chunks, so that files of some MiB have recipes as deep as those of many GiB. */
public final class TinyChunker implements Chunker {
    private static final int GEAR = 0x9E3779B1;
    private final int least;

    /**
     * Makes a chunker.
     *
     * @param least the shortest chunk in bytes, a power of two; twice as long on average, eight times at most
     */
    public TinyChunker(int least) {
        this.least = least;
    }

    @Override
    public String name() {
        return "tiny" + least;
    }

    @Override
    public int maxLength() {
        return 8 * least;
    }

    @Override
    public int cut(byte[] data, int from, int to) {
        int end = Math.min(to - from, maxLength()) + from;
        int hash = 0;
        for (int at = from; at < end; at++) {
            hash = (hash << 1) + (data[at] + 1) * GEAR;
            if (at + 1 - from >= least && hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(least) == 0) {
                return at + 1 - from;
            }
        }
        return end - from;
    }
}
