package org.tidebox.remote;

/**
 * How fast the contents of files may travel to and from a device, all transfers together.
 *
 * @param up bytes a second that are sent at most, 0 for as many as go
 * @param down bytes a second that are fetched at most, 0 for as many as go
 */
public record Bandwidth(long up, long down) {
    /** No limit. */
    public static final Bandwidth UNLIMITED = new Bandwidth(0, 0);

    /** The lowest limit (bytes a second): with less than this even small files would take minutes. */
    public static final long LOWEST = 1024;

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is lower than {@link #LOWEST} and not 0; the message is for a person
     */
    public Bandwidth {
        check(up);
        check(down);
    }

    private static void check(long limit) {
        if (limit != 0 && limit < LOWEST) {
            throw new IllegalArgumentException("a limit is at least 1K (1,024 bytes) a second, or off; got " + limit);
        }
    }
}
