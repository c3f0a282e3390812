package org.tidebox.server.login;

import java.time.InstantSource;
import java.util.List;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.auth.Credentials;
import org.tidebox.auth.Origin;
import org.tidebox.auth.AttemptThrottle;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Finds out whether a password is right, slower and slower for those who guess. Thread-safe. */
public final class PasswordGate {
    private final AuthenticatorRegistry authenticators;
    private final AttemptThrottle throttle;
    private final OriginTurns turns = new OriginTurns();

    /** Asks the authenticator in use, and counts attempts in the given data. */
    public PasswordGate(ServerData data, AuthenticatorRegistry authenticators, InstantSource clock) {
        this.authenticators = authenticators;
        this.throttle = new AttemptThrottle(new StoredAttempts(data), clock);
    }

    /** Returns what slows guessing down. */
    public AttemptThrottle throttle() {
        return throttle;
    }

    /**
     * Checks credentials, and wipes their secret in any case.
     *
     * @return the account's name
     * @throws AuthException if they are wrong, or there were too many wrong ones before
     */
    String check(Credentials credentials, Origin origin) throws AuthException {
        try (OriginTurns.Turn turn = turns.take(origin)) {
            AttemptThrottle.Attempt attempt = throttle.begin(credentials.account(), origin);
            return judge(credentials, attempt, turn);
        } finally {
            credentials.wipe();
        }
    }

    private String judge(Credentials credentials, AttemptThrottle.Attempt attempt, OriginTurns.Turn turn)
            throws AuthException {
        String name;
        try {
            if (!attempt.isKnown()) {
                turn.waitAsStranger();
            }
            name = authenticate(credentials);
        } catch (AuthException | RuntimeException e) {
            if (!(e instanceof AuthException judged) || judged.getReason() == Reason.UNAVAILABLE) {
                attempt.takeBack();
            }
            throw e;
        }
        attempt.right();
        return name;
    }

    /** Asks one authenticator after the other; where one cannot tell now, nobody knows that the credentials are wrong. */
    private String authenticate(Credentials credentials) throws AuthException {
        List<Lease<Authenticator>> all = authenticators.acquireAll();
        try {
            AuthException refused = null;
            for (Lease<Authenticator> authenticator : all) {
                try {
                    return authenticator.get().authenticate(credentials.copy());
                } catch (AuthException e) {
                    refused = refused == null || refused.getReason() == Reason.WRONG_CREDENTIALS ? e : refused;
                }
            }
            throw refused;
        } finally {
            all.forEach(Lease::close);
        }
    }

    /** Says to a device why it was not let in. */
    static ProblemException problem(AuthException e) {
        ProblemType type = switch (e.getReason()) {
            case WRONG_CREDENTIALS -> ProblemType.WRONG_CREDENTIALS;
            case LOCKED_OUT -> ProblemType.TOO_MANY_ATTEMPTS;
            case WEAK_SECRET -> ProblemType.BAD_REQUEST;
            case DISABLED -> ProblemType.DISABLED;
            case EXPIRED -> ProblemType.TOKEN_EXPIRED;
            case UNAVAILABLE -> ProblemType.UNAVAILABLE;
        };
        return new ProblemException(type, e.getMessage(), e.getRetryAfter());
    }
}
