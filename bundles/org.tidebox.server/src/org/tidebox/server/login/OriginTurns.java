package org.tidebox.server.login;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Origin;

/**
 * Lets one password be checked at a time for each origin, and one for all origins together where nobody is known, in the
 * order in which they came: whoever sends many waits for himself, and those who are known wait for no stranger. Thread-safe.
 */
final class OriginTurns {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Turn> origins = new HashMap<>();
    private final Semaphore strangers = new Semaphore(1, true);

    /**
     * Waits for an origin's turn.
     *
     * @throws AuthException {@code UNAVAILABLE} if it does not come within ten seconds
     */
    Turn take(Origin origin) throws AuthException {
        Turn turn;
        synchronized (origins) {
            turn = origins.computeIfAbsent(origin.toString(), Turn::new);
            turn.users++;
        }
        try {
            acquire(turn.semaphore);
            return turn;
        } catch (AuthException e) {
            turn.leave();
            throw e;
        }
    }

    private static void acquire(Semaphore semaphore) throws AuthException {
        try {
            if (semaphore.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AuthException(AuthException.Reason.UNAVAILABLE, "The server is busy checking passwords; try again");
    }

    /** An origin's turn. */
    final class Turn implements AutoCloseable {
        private final String origin;
        private final Semaphore semaphore = new Semaphore(1, true);
        private int users;
        private boolean isStranger;

        private Turn(String origin) {
            this.origin = origin;
        }

        /** Waits for the turn of a stranger as well. */
        void waitAsStranger() throws AuthException {
            acquire(strangers);
            isStranger = true;
        }

        /** Lets the next one go ahead. */
        @Override
        public void close() {
            if (isStranger) {
                isStranger = false;
                strangers.release();
            }
            semaphore.release();
            leave();
        }

        private void leave() {
            synchronized (origins) {
                users--;
                if (users == 0) {
                    origins.remove(origin);
                }
            }
        }
    }
}
