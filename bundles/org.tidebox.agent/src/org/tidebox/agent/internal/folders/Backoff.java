package org.tidebox.agent.internal.folders;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long each time from 1 s up to 60 s, and each time by chance up to a quarter
 * less, so that many devices do not come back in step. Not thread-safe.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(60);
    private static final double JITTER = 0.25;

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** It failed again: returns the time to wait. */
    Duration failed() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait.minusNanos((long) (wait.toNanos() * JITTER * random.nextDouble()));
    }

    /** It worked: the next failure waits a short time again. */
    void worked() {
        next = FIRST;
    }
}
