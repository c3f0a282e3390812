package org.tidebox.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Slows guessing down. Each attempt names its keys, such as the account and the remote address: {@link #check} first,
 * then {@link #failed} or {@link #succeeded}. After five failures of a key the next attempt has to wait 1 s, then 2 s,
 * 4 s … up to 15 minutes; a day without failures forgets them.
 *
 * <p>Attempts under way count as failed ones, so that guessing in parallel gains nothing; those that end with neither
 * call count for a minute. A key without failures has room for many at once, as many devices may share an address.
 * Thread-safe; several servers over one store may each admit an attempt in the same moment.
 */
public final class Throttle {
    private static final int FREE = 5;
    private static final int FREE_AT_ONCE = 64;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(1);

    private final AttemptStore store;
    private final InstantSource clock;
    private final Map<String, UnderWay> underWay = new HashMap<>();

    /** Makes a throttle over persistent attempts. */
    public Throttle(AttemptStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Admits an attempt, or not.
     *
     * @throws AuthException {@code LOCKED_OUT} if one of the keys has to wait; then nothing was begun
     */
    public synchronized void check(String... keys) throws AuthException {
        Instant now = clock.instant();
        underWay.values().removeIf(attempts -> attempts.isOver(now));
        for (String key : keys) {
            checkOne(key, now);
        }
        for (String key : keys) {
            underWay.merge(key, new UnderWay(1, now), (before, one) -> new UnderWay(before.count + 1, now));
        }
    }

    /** An admitted attempt was wrong. */
    public synchronized void failed(String... keys) throws AuthException {
        Instant now = clock.instant();
        for (String key : keys) {
            end(key);
            store.put(key, new Attempts(attempts(key, now).failures() + 1, now));
        }
    }

    /** An admitted attempt was right: forgets the wrong ones before it. */
    public synchronized void succeeded(String... keys) throws AuthException {
        for (String key : keys) {
            end(key);
            store.clear(key);
        }
    }

    private void checkOne(String key, Instant now) throws AuthException {
        Attempts attempts = attempts(key, now);
        UnderWay open = underWay.getOrDefault(key, new UnderWay(0, now));
        if (attempts.failures() == 0) {
            if (open.count >= FREE_AT_ONCE) {
                throw AuthException.lockedOut(Duration.ofSeconds(1));
            }
            return;
        }
        Instant last = open.count == 0 ? attempts.last() : open.last;
        Duration left = Duration.between(now, last.plus(delay(attempts.failures() + open.count)));
        if (left.isPositive()) {
            // A clock that was set back must not lock anybody out for longer than the rule says.
            throw AuthException.lockedOut(left.compareTo(LONGEST) > 0 ? LONGEST : left);
        }
    }

    private Attempts attempts(String key, Instant now) throws AuthException {
        Attempts stored = store.get(key);
        return stored == null || stored.last().plus(MEMORY).isBefore(now) ? Attempts.NONE : stored;
    }

    private void end(String key) {
        underWay.computeIfPresent(key, (same, open) -> open.count == 1
                ? null
                : new UnderWay(open.count - 1, open.last));
    }

    private static Duration delay(int failures) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - FREE, 20);
        Duration delay = Duration.ofSeconds(1L << doublings);
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    private record UnderWay(int count, Instant last) {
        boolean isOver(Instant now) {
            return last.plus(LONGEST_ATTEMPT).isBefore(now);
        }
    }
}
