package org.tidebox.auth;

import java.time.Instant;

/**
 * Wrong attempts of late.
 *
 * @param failures how many, one after the other
 * @param last when the last one was
 */
public record Attempts(int failures, Instant last) {
    /** No wrong attempt. */
    public static final Attempts NONE = new Attempts(0, Instant.EPOCH);
}
