package org.tidebox.sync.internal.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How much of a deletion has been sent already. A program that empties a folder takes its time, and what it has deleted is
 * sent while it goes on; so what was sent a moment ago counts with what is about to be sent. Not thread-safe.
 */
public final class SentDeletions {
    /** Deletions that follow each other within this time are one. */
    private static final Duration GAP = Duration.ofSeconds(30);

    private final InstantSource clock;
    private Instant last = Instant.MIN;
    private long count;

    public SentDeletions(InstantSource clock) {
        this.clock = clock;
    }

    /** So many deletions were accepted by the server. */
    public void add(long more) {
        if (more > 0) {
            count = count() + more;
            last = clock.instant();
        }
    }

    /** Returns how many were sent of a deletion that may still go on. */
    public long count() {
        return last != Instant.MIN && Duration.between(last, clock.instant()).abs().compareTo(GAP) <= 0 ? count : 0;
    }

    /** A person has confirmed them. */
    public void forget() {
        last = Instant.MIN;
    }
}
