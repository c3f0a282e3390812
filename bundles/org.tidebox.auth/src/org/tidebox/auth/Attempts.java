package org.tidebox.auth;

import java.time.Instant;

/**
 * What is kept of the attempts under one key.
 *
 * @param failures how many wrong ones of late
 * @param last when the last of them was
 * @param right when the last right one was
 */
public record Attempts(int failures, Instant last, Instant right) {
    /** No attempt. */
    public static final Attempts NONE = new Attempts(0, Instant.EPOCH, Instant.EPOCH);

    /** Returns the same with one more wrong attempt. */
    Attempts plusOne(Instant now) {
        return new Attempts(failures + 1, now, right);
    }

    /** Returns the same with some wrong attempts taken back. */
    Attempts minus(int some) {
        return new Attempts(Math.max(0, failures - some), last, right);
    }
}
