package org.tidebox.it.tests.scale;

import java.util.Arrays;
import java.util.Locale;

/** How long many things took. Thread-safe. */
public final class Timings {
    private long[] nanos = new long[1024];
    private int count;

    public synchronized void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
    }

    public synchronized int count() {
        return count;
    }

    synchronized void forget() {
        count = 0;
    }

    /** Returns median, 99th percentile and maximum in milliseconds. */
    @Override
    public synchronized String toString() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0
                ? "none"
                : String.format(Locale.ROOT, "p50 %.1f p99 %.1f max %.1f ms", sorted[count / 2] / 1e6,
                        sorted[Math.min(count - 1, count * 99 / 100)] / 1e6, sorted[count - 1] / 1e6);
    }
}
