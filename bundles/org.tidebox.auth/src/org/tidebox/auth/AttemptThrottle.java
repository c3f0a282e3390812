package org.tidebox.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Slows guessing down. Wrong attempts are counted for each account at each {@linkplain Origin origin}, for each origin over
 * all accounts, and for each account over all origins; beyond a few free ones the next attempt waits 1 s, then 2 s, 4 s …
 * up to 15 minutes, and a day without a wrong one forgets them.
 *
 * <ul>
 * <li>An attempt counts as a wrong one before it is made, in one transaction, and is taken back when it was right: so
 * guessing in parallel gains nothing.
 * <li>Whoever was right at an origin is known there for {@link #MEMORY_OF_ORIGINS}: only the account's count at this origin
 * holds him up, whatever strangers do elsewhere.
 * <li>A right attempt takes back the account's own wrong ones at this origin, and nobody else's.
 * <li>One origin alone cannot use up what an account has for all origins, so the right password passes at a new origin while
 * one stranger guesses at another.
 * <li>Accounts that are not there are counted like all others.
 * </ul>
 * Thread-safe, also over several processes with one store.
 */
public final class AttemptThrottle {
    /** So long it is remembered that somebody was right at an origin. */
    public static final Duration MEMORY_OF_ORIGINS = Duration.ofDays(90);
    private final AttemptStore store;
    private final InstantSource clock;
    /** One at a time in this process, so that many who guess take one of the database's connections at most. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Makes a throttle over persistent attempts. */
    public AttemptThrottle(AttemptStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Begins an attempt to prove that an account is one's own; counts it as wrong until it turns out otherwise.
     *
     * @throws AuthException {@code LOCKED_OUT} if it has to wait; then nothing was begun
     */
    public Attempt begin(String account, Origin origin) throws AuthException {
        Instant now = clock.instant();
        List<String> keys = keys(account, origin);
        Counts before = Counts.of(change(keys, kept -> Counts.of(kept, now).attempted(now)), now);
        refuse(before.delay(now));
        return new Attempt(account, origin, origin.isDevice() || before.isKnown(now));
    }

    /**
     * Checks whether there may be an attempt that names no account.
     *
     * @throws AuthException {@code LOCKED_OUT} if it has to wait
     */
    public void check(Origin origin) throws AuthException {
        Instant now = clock.instant();
        Attempts kept = change(List.of(key(origin)), UnaryOperator.identity()).getFirst();
        refuse(Counts.delayOfOrigin(kept, now));
    }

    /** Counts a wrong attempt that named no account. */
    public void failed(Origin origin) throws AuthException {
        Instant now = clock.instant();
        change(List.of(key(origin)), kept -> List.of(Counts.fresh(kept.getFirst(), now).plusOne(now)));
    }

    /** Notes, once a day at most, that somebody has proved at an origin that an account is his. */
    public void know(String account, Origin origin) throws AuthException {
        Instant now = clock.instant();
        change(List.of(pair(account, origin)), kept -> {
            Attempts pair = kept.getFirst();
            return pair.right().plus(Counts.MEMORY).isAfter(now)
                    ? kept
                    : List.of(new Attempts(pair.failures(), pair.last(), now));
        });
    }

    /** An attempt that was begun. Unless one of the methods is called, it was a wrong one. */
    public final class Attempt {
        private final String account;
        private final Origin origin;
        private final boolean known;

        Attempt(String account, Origin origin, boolean known) {
            this.account = account;
            this.origin = origin;
            this.known = known;
        }

        /** Returns whether somebody proved of late at the same origin that the account is his. */
        public boolean isKnown() {
            return known;
        }

        /** It was right: takes back the account's wrong attempts at this origin, and knows the origin from now on. */
        public void right() throws AuthException {
            Instant now = clock.instant();
            change(keys(account, origin), kept -> Counts.of(kept, now).succeeded(now));
        }

        /** It could not be found out: the attempt does not count. */
        public void takeBack() throws AuthException {
            change(keys(account, origin), kept -> kept.stream().map(one -> one.minus(1)).toList());
        }
    }

    private List<Attempts> change(List<String> keys, UnaryOperator<List<Attempts>> change) throws AuthException {
        turn.lock();
        try {
            return store.change(keys, change);
        } finally {
            turn.unlock();
        }
    }

    private static List<String> keys(String account, Origin origin) {
        return origin.isDevice()
                ? List.of(pair(account, origin))
                : List.of(pair(account, origin), key(origin), "account " + account);
    }

    private static String pair(String account, Origin origin) {
        return "pair " + origin + " " + account;
    }

    private static String key(Origin origin) {
        return "place " + origin;
    }

    private static void refuse(Duration wait) throws AuthException {
        if (wait.isPositive()) {
            throw AuthException.lockedOut(wait);
        }
    }
}
