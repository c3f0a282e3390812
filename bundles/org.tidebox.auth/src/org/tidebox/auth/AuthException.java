package org.tidebox.auth;

import java.time.Duration;

/** Somebody did not prove who they are, or that could not be found out. Messages never hold a secret. */
public final class AuthException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** Account and secret do not match; which of them is wrong is not told. */
        WRONG_CREDENTIALS,
        /** Too many wrong attempts; see {@link AuthException#getRetryAfter()}. */
        LOCKED_OUT,
        /** The new secret is too easy to guess. */
        WEAK_SECRET,
        /** The account was disabled by the operator. */
        DISABLED,
        /** The token or code is no longer valid. */
        EXPIRED,
        /** It could not be found out now. */
        UNAVAILABLE
    }

    private final Reason reason;
    private final Duration retryAfter;

    /** Says why not, in words for the user. */
    public AuthException(Reason reason, String message) {
        this(reason, message, Duration.ZERO, null);
    }

    /** Says why not, in words for the user, and what lies behind it. */
    public AuthException(Reason reason, String message, Throwable cause) {
        this(reason, message, Duration.ZERO, cause);
    }

    private AuthException(Reason reason, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Makes the answer to a wrong account or secret. */
    public static AuthException wrongCredentials() {
        return new AuthException(Reason.WRONG_CREDENTIALS,
                "Account and password do not match; check both and try again");
    }

    /** Makes the answer to attempts that come too fast. */
    public static AuthException lockedOut(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new AuthException(Reason.LOCKED_OUT, "Too many wrong attempts; try again in " + seconds + " s",
                retryAfter, null);
    }

    /** Returns why not. */
    public Reason getReason() {
        return reason;
    }

    /** Returns how long to wait before the next attempt; zero unless {@link Reason#LOCKED_OUT}. */
    public Duration getRetryAfter() {
        return retryAfter;
    }

    /** Returns whether the same attempt fails whenever it is made. */
    public boolean isPermanent() {
        return reason != Reason.LOCKED_OUT && reason != Reason.UNAVAILABLE;
    }
}
