package org.tidebox.wire;

import java.time.Duration;

/** A {@link Problem} on its way: the server throws it to answer with it, the client throws what the server answered. */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ProblemType type;
    private final Duration retryAfter;

    /** Says what kind of problem, and what happened here and what can be done. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Duration.ZERO);
    }

    /** As before, and how long to wait before the next attempt; zero where that is not known. */
    public ProblemException(ProblemType type, String detail, Duration retryAfter) {
        super(detail);
        this.type = type;
        this.retryAfter = retryAfter;
    }

    /** Returns the kind. */
    public ProblemType getType() {
        return type;
    }

    /** Returns how long to wait before the next attempt; zero where that is not known. */
    public Duration getRetryAfter() {
        return retryAfter;
    }

    /** Returns whether the same request cannot succeed later. */
    public boolean isPermanent() {
        return type.isPermanent();
    }

    /** Returns what travels. */
    public Problem toProblem() {
        return type.because(getMessage());
    }
}
