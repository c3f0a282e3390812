package org.tidebox.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Slows guessing down. Wrong attempts are counted for each account at each {@linkplain Place place}, for each place over
 * all accounts, and for each account over all places; beyond a few free ones the next attempt waits 1 s, then 2 s, 4 s …
 * up to 15 minutes, and a day without a wrong one forgets them.
 *
 * <ul>
 * <li>An attempt counts as a wrong one before it is made, in one transaction, and is taken back when it was right: so
 * guessing in parallel gains nothing.
 * <li>Whoever was right at a place is known there for {@link #MEMORY_OF_PLACES}: only the account's count at this place
 * holds him up, whatever strangers do elsewhere.
 * <li>A right attempt takes back the account's own wrong ones at this place, and nobody else's.
 * <li>One place alone cannot use up what an account has for all places, so the right password passes at a new place while
 * one stranger guesses at another.
 * <li>Accounts that are not there are counted like all others.
 * </ul>
 * Thread-safe, also over several processes with one store.
 */
public final class Throttle {
    /** So long it is remembered that somebody was right at a place. */
    public static final Duration MEMORY_OF_PLACES = Duration.ofDays(90);
    private final AttemptStore store;
    private final InstantSource clock;
    /** One at a time in this process, so that many who guess take one of the database's connections at most. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Makes a throttle over persistent attempts. */
    public Throttle(AttemptStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Begins an attempt to prove that an account is one's own; counts it as wrong until it turns out otherwise.
     *
     * @throws AuthException {@code LOCKED_OUT} if it has to wait; then nothing was begun
     */
    public Attempt begin(String account, Place place) throws AuthException {
        Instant now = clock.instant();
        List<String> keys = keys(account, place);
        Counts before = Counts.of(change(keys, kept -> Counts.of(kept, now).attempted(now)), now);
        refuse(before.delay(now));
        return new Attempt(account, place, place.isDevice() || before.isKnown(now));
    }

    /**
     * Checks whether there may be an attempt that names no account.
     *
     * @throws AuthException {@code LOCKED_OUT} if it has to wait
     */
    public void check(Place place) throws AuthException {
        Instant now = clock.instant();
        Attempts kept = change(List.of(key(place)), UnaryOperator.identity()).getFirst();
        refuse(Counts.delayOfPlace(kept, now));
    }

    /** Counts a wrong attempt that named no account. */
    public void failed(Place place) throws AuthException {
        Instant now = clock.instant();
        change(List.of(key(place)), kept -> List.of(Counts.fresh(kept.getFirst(), now).plusOne(now)));
    }

    /** Notes, once a day at most, that somebody has proved at a place that an account is his. */
    public void know(String account, Place place) throws AuthException {
        Instant now = clock.instant();
        change(List.of(pair(account, place)), kept -> {
            Attempts pair = kept.getFirst();
            return pair.right().plus(Counts.MEMORY).isAfter(now)
                    ? kept
                    : List.of(new Attempts(pair.failures(), pair.last(), now));
        });
    }

    /** An attempt that was begun. Unless one of the methods is called, it was a wrong one. */
    public final class Attempt {
        private final String account;
        private final Place place;
        private final boolean known;

        Attempt(String account, Place place, boolean known) {
            this.account = account;
            this.place = place;
            this.known = known;
        }

        /** Returns whether somebody proved of late at the same place that the account is his. */
        public boolean isKnown() {
            return known;
        }

        /** It was right: takes back the account's wrong attempts at this place, and knows the place from now on. */
        public void right() throws AuthException {
            Instant now = clock.instant();
            change(keys(account, place), kept -> Counts.of(kept, now).succeeded(now));
        }

        /** It could not be found out: the attempt does not count. */
        public void takeBack() throws AuthException {
            change(keys(account, place), kept -> kept.stream().map(one -> one.minus(1)).toList());
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

    private static List<String> keys(String account, Place place) {
        return place.isDevice()
                ? List.of(pair(account, place))
                : List.of(pair(account, place), key(place), "account " + account);
    }

    private static String pair(String account, Place place) {
        return "pair " + place + " " + account;
    }

    private static String key(Place place) {
        return "place " + place;
    }

    private static void refuse(Duration wait) throws AuthException {
        if (wait.isPositive()) {
            throw AuthException.lockedOut(wait);
        }
    }
}
