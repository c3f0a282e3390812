package org.tidebox.memory.internal;

/**
 * Tells from how the heap changes between one look and the next whether a process has come to rest with more memory
 * than it needs. Used by one thread. All figures are bytes.
 */
final class Rest {
    /** What a process at rest may allocate between two looks. */
    static final long LITTLE = 1 << 20;
    /** A heap of this size is not worth the work. */
    static final long SMALL = 40 << 20;
    private static final int LOOKS = 2;

    private long lastUsed;
    private long worthwhile = SMALL;
    private int quietLooks = -1;

    /**
     * Takes a look.
     *
     * @param total what the heap has of the machine
     * @param used what objects take of it, dead or alive
     * @return whether it is time to collect garbage: once in each rest, and only if the heap has grown since the last
     *         time
     */
    boolean isTime(long total, long used) {
        boolean quiet = quietLooks >= 0 && Math.abs(used - lastUsed) < LITTLE;
        quietLooks = quiet ? quietLooks + 1 : 0;
        lastUsed = used;
        return quietLooks == LOOKS && total > worthwhile;
    }

    /** Takes note of what the heap still has after a collection. */
    void collected(long total) {
        worthwhile = Math.max(SMALL, total);
    }
}
