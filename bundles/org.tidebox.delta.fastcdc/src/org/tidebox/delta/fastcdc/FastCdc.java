package org.tidebox.delta.fastcdc;

import org.tidebox.delta.Chunker;

/**
 * FastCDC with normalised chunking (Wen Xia et al., "FastCDC: a Fast and Efficient Content-Defined Chunking Approach
 * for Data Deduplication", USENIX ATC 2016).
 *
 * <p>A gear hash rolls over the content; its top bits depend on the last 64 bytes. A cut is where enough of them are
 * zero: two bits more than the average length needs before the normal point, which makes short chunks rare, and two
 * less after it, which makes long chunks rare. The table, the masks and the limits are part of the format that a name
 * stands for: changing one of them would make all stored content look new.
 */
final class FastCdc implements Chunker {
    private static final int MIN = 16 * 1024;
    /** Chosen so that the mean length over random bytes comes out at 64 KiB. */
    private static final int NORMAL = 52 * 1024;
    private static final int MAX = 256 * 1024;
    private static final int BITS = 16;
    private static final int MORE = 2;
    private static final long[] GEAR = GearTable.make();

    private final String name;
    private final int min;
    private final int normal;
    private final int max;
    private final long hard;
    private final long easy;

    /**
     * Makes chunks of at least 16 KiB, 64 KiB on average and at most 256 KiB, or longer ones.
     *
     * @param doublings how many times all these lengths are doubled
     */
    FastCdc(String name, int doublings) {
        this.name = name;
        this.min = MIN << doublings;
        this.normal = NORMAL << doublings;
        this.max = MAX << doublings;
        this.hard = -1L << Long.SIZE - (BITS + doublings + MORE);
        this.easy = -1L << Long.SIZE - (BITS + doublings - MORE);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int maxLength() {
        return max;
    }

    @Override
    public int cut(byte[] data, int from, int to) {
        int end = Math.min(to - from, max) + from;
        if (end - from <= min) {
            return end - from;
        }
        int middle = Math.min(from + normal, end);
        long hash = 0;
        int at = from + min;
        for (; at < middle; at++) {
            hash = (hash << 1) + GEAR[data[at] & 0xff];
            if ((hash & hard) == 0) {
                return at + 1 - from;
            }
        }
        for (; at < end; at++) {
            hash = (hash << 1) + GEAR[data[at] & 0xff];
            if ((hash & easy) == 0) {
                return at + 1 - from;
            }
        }
        return end - from;
    }
}
