package org.tidebox.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * What an attempt is judged by, and what becomes of it.
 *
 * @param size how many of these are kept: 1 for a device, which has the first only, else 3
 * @param pair of the account at the origin
 * @param origin of the origin over all accounts
 * @param account of the account over all origins
 */
record Counts(int size, Attempts pair, Attempts origin, Attempts account) {
    /** So long a wrong attempt is remembered when no other one follows. */
    static final Duration MEMORY = Duration.ofDays(1);

    private static final int FREE = 5;
    private static final int FREE_OF_ORIGIN = 20;
    private static final int FREE_OF_ACCOUNT = 10;
    private static final int MOST_DOUBLINGS = 20;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    static Counts of(List<Attempts> kept, Instant now) {
        List<Attempts> fresh = kept.stream().map(one -> fresh(one, now)).toList();
        return fresh.size() == 1
                ? new Counts(1, fresh.getFirst(), Attempts.NONE, Attempts.NONE)
                : new Counts(fresh.size(), fresh.get(0), fresh.get(1), fresh.get(2));
    }

    /** Returns what is left of it after a time. */
    static Attempts fresh(Attempts kept, Instant now) {
        return kept.last().plus(MEMORY).isBefore(now) ? new Attempts(0, kept.last(), kept.right()) : kept;
    }

    /** Returns how long an attempt that names no account has to wait. */
    static Duration delayOfOrigin(Attempts kept, Instant now) {
        return delay(fresh(kept, now), FREE_OF_ORIGIN, now);
    }

    boolean isKnown(Instant now) {
        return pair.right().plus(AttemptThrottle.MEMORY_OF_ORIGINS).isAfter(now);
    }

    /** Returns how long an attempt has to wait. */
    Duration delay(Instant now) {
        Duration own = delay(pair, FREE, now);
        return isKnown(now)
                ? own
                : Collections
                        .max(List.of(own, delay(origin, FREE_OF_ORIGIN, now), delay(account, FREE_OF_ACCOUNT, now)));
    }

    /** Returns what to keep after one more attempt: the same if it has to wait. */
    List<Attempts> attempted(Instant now) {
        if (delay(now).isPositive()) {
            return list(pair, origin, account);
        }
        // What one origin has for free leaves the account some for others; then it is slowed down by itself.
        boolean counts = !isKnown(now) && (pair.failures() < FREE || account.failures() >= FREE_OF_ACCOUNT);
        return list(pair.plusOne(now), origin.plusOne(now), counts ? account.plusOne(now) : account);
    }

    /** Returns what to keep after an attempt that was counted turned out right. */
    List<Attempts> succeeded(Instant now) {
        int own = pair.failures();
        return list(new Attempts(0, pair.last(), now), origin.minus(own),
                isKnown(now) ? account : account.minus(Math.min(own, FREE)));
    }

    private List<Attempts> list(Attempts first, Attempts second, Attempts third) {
        return List.of(first, second, third).subList(0, size);
    }

    /** A clock that was set back locks nobody out for longer than the rule says. */
    private static Duration delay(Attempts attempts, int free, Instant now) {
        if (attempts.failures() < free) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempts.failures() - free, MOST_DOUBLINGS));
        Instant end = attempts.last().plus(Collections.min(List.of(doubled, LONGEST)));
        return Collections.min(List.of(Duration.between(now, end), LONGEST));
    }
}
