package org.tidebox.delta.fastcdc;

import org.osgi.service.component.annotations.Component;
import org.tidebox.delta.Chunker;

/**
 * Content-defined chunking after FastCDC with normalised chunking (Wen Xia et al., "FastCDC: a Fast and Efficient
 * Content-Defined Chunking Approach for Data Deduplication", USENIX ATC 2016): at least 16 KiB, 64 KiB on average, at
 * most 256 KiB.
 *
 * <p>A gear hash rolls over the content; its top bits depend on the last 64 bytes. A cut is where enough of them are
 * zero: 18 bits before the normal point, which makes short chunks rare, and 14 bits after it, which makes long chunks
 * rare. The table, the masks and the limits are part of the format "fastcdc": changing one of them would make all
 * stored content look new.
 */
@Component(property = {Chunker.PROVIDER + "=" + FastCdcChunker.NAME, "service.ranking:Integer=10"})
public final class FastCdcChunker implements Chunker {
    /** The name of the provider. */
    public static final String NAME = "fastcdc";
    private static final int MIN = 16 * 1024;
    /** Chosen so that the mean length over random bytes comes out at 64 KiB. */
    private static final int NORMAL = 52 * 1024;
    private static final int MAX = 256 * 1024;
    private static final long HARD = -1L << Long.SIZE - 18;
    private static final long EASY = -1L << Long.SIZE - 14;
    private static final long[] GEAR = GearTable.make();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int maxLength() {
        return MAX;
    }

    @Override
    public int cut(byte[] data, int from, int to) {
        int end = Math.min(to - from, MAX) + from;
        if (end - from <= MIN) {
            return end - from;
        }
        int normal = Math.min(from + NORMAL, end);
        long hash = 0;
        int at = from + MIN;
        for (; at < normal; at++) {
            hash = (hash << 1) + GEAR[data[at] & 0xff];
            if ((hash & HARD) == 0) {
                return at + 1 - from;
            }
        }
        for (; at < end; at++) {
            hash = (hash << 1) + GEAR[data[at] & 0xff];
            if ((hash & EASY) == 0) {
                return at + 1 - from;
            }
        }
        return end - from;
    }
}
