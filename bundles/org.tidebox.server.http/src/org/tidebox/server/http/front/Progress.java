package org.tidebox.server.http.front;

/**
 * Whether bytes move that somebody waits for. What counts is that they go on moving, not how long all of them take: a
 * device on a bad line may take hours. Used by one thread at a time; times are nanoseconds of one clock.
 */
public final class Progress {
    /** Less than so many bytes in the time that there is patience for is no progress. */
    public static final long LEAST = 4 << 10;

    private long since;
    private long before;

    /** Begins now, with no byte moved. */
    public Progress(long now) {
        since = now;
    }

    /**
     * Takes a look.
     *
     * @param waiting whether anybody waits
     * @param bytes how many have moved since the beginning
     * @return whether somebody has waited for longer than there is patience and nearly nothing moved meanwhile
     */
    public boolean isOver(long now, boolean waiting, long bytes, long patience) {
        if (!waiting || bytes - before >= LEAST) {
            before = bytes;
            since = now;
        }
        return now - since > patience;
    }
}
