package org.tidebox.sync.internal.disk;

import java.time.Duration;
import org.tidebox.sync.device.StampResolution;

/**
 * The smallest differences among times of one clock. Each is an upper bound of its tick. A single one may come about by
 * chance, as when a clock is set, so that the largest of a few counts.
 */
final class SmallestSteps {
    private static final int NEEDED = 3;

    /** In rising order. */
    private final long[] steps = new long[NEEDED];
    private int count;
    private long last;
    private boolean hasLast;
    private boolean ignores;

    /** Takes a time that the clock told, in nanoseconds. */
    void note(long time) {
        if (hasLast && time > last && !ignores) {
            insert(time - last);
        }
        last = time;
        hasLast = true;
    }

    /** Takes no times any more: they tell nothing. */
    void ignore() {
        ignores = true;
    }

    /** Returns an upper bound of the tick; the coarsest one in use as long as too little is known. */
    Duration bound() {
        return count < NEEDED || steps[NEEDED - 1] > StampResolution.COARSEST.toNanos()
                ? StampResolution.COARSEST
                : Duration.ofNanos(steps[NEEDED - 1]);
    }

    private void insert(long step) {
        int at = Math.min(count, NEEDED - 1);
        if (count == NEEDED && step >= steps[at]) {
            return;
        }
        count = Math.min(count + 1, NEEDED);
        while (at > 0 && steps[at - 1] > step) {
            steps[at] = steps[at - 1];
            at--;
        }
        steps[at] = step;
    }
}
