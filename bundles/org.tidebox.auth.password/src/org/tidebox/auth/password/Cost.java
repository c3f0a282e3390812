package org.tidebox.auth.password;

/**
 * What hashing one password costs.
 *
 * @param memoryKib memory in KiB, 8 per lane to 65536
 * @param passes passes over the memory, 1 to 16
 * @param lanes lanes, 1 to 8
 */
public record Cost(int memoryKib, int passes, int lanes) {
    /** The second of the equivalent choices in OWASP's Password Storage Cheat Sheet. */
    public static final Cost DEFAULT = new Cost(19_456, 2, 1);

    private static final int MOST_MEMORY_KIB = 65_536;
    private static final int MOST_PASSES = 16;
    private static final int MOST_LANES = 8;

    /**
     * Checks the bounds, so that a damaged entry cannot exhaust the server.
     *
     * @throws IllegalArgumentException if one is not kept
     */
    public Cost {
        if (lanes < 1 || lanes > MOST_LANES || passes < 1 || passes > MOST_PASSES || memoryKib < 8 * lanes
                || memoryKib > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException("expected m up to " + MOST_MEMORY_KIB + ", t up to " + MOST_PASSES
                    + ", p up to "
                    + MOST_LANES + ", found m=" + memoryKib + ", t=" + passes + ", p=" + lanes);
        }
    }

    /** Returns whether one of the figures is lower than the other's and none is higher. */
    boolean isLowerThan(Cost other) {
        return !equals(other) && memoryKib <= other.memoryKib && passes <= other.passes && lanes <= other.lanes;
    }
}
