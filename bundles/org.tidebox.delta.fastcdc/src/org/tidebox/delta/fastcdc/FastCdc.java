package org.tidebox.delta.fastcdc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
    /** The hash is of so many bytes; what came before them is shifted out. */
    private static final int WINDOW = Long.SIZE;
    private static final long[] GEAR = GearTable.make();
    private static final VarHandle INTEGERS = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.LITTLE_ENDIAN);

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
        int start = from + min;
        if (end <= start) {
            return end - from;
        }
        int middle = Math.min(from + normal, end);
        int cut = find(data, start, middle, 0, hard);
        if (cut < 0) {
            cut = find(data, middle, end, hash(data, Math.max(start, middle - WINDOW), middle), easy);
        }
        return (cut < 0 ? end : cut) - from;
    }

    /**
     * Rolls on from a hash, and returns the place behind the first byte that brings the bits of the mask to zero; -1 if
     * none does. Four bytes at a time in steps written out are a quarter faster where the compiler does not unroll loops.
     */
    private static int find(byte[] data, int from, int to, long before, long mask) {
        long hash = before;
        int at = from;
        for (; at <= to - Integer.BYTES; at += Integer.BYTES) {
            int four = (int) INTEGERS.get(data, at);
            hash = (hash << 1) + GEAR[four & 0xff];
            if ((hash & mask) == 0) {
                return at + 1;
            }
            hash = (hash << 1) + GEAR[four >>> 8 & 0xff];
            if ((hash & mask) == 0) {
                return at + 2;
            }
            hash = (hash << 1) + GEAR[four >>> 16 & 0xff];
            if ((hash & mask) == 0) {
                return at + 3;
            }
            hash = (hash << 1) + GEAR[four >>> 24];
            if ((hash & mask) == 0) {
                return at + 4;
            }
        }
        for (; at < to; at++) {
            hash = (hash << 1) + GEAR[data[at] & 0xff];
            if ((hash & mask) == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private static long hash(byte[] data, int from, int to) {
        long hash = 0;
        for (int at = from; at < to; at++) {
            hash = (hash << 1) + GEAR[data[at] & 0xff];
        }
        return hash;
    }
}
