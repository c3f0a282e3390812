package org.tidebox.wire;

/** A {@link Problem} on its way: the server throws it to answer with it, the client throws what the server answered. */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ProblemType type;

    /** Says what kind of problem, and what happened here and what can be done. */
    public ProblemException(ProblemType type, String detail) {
        super(detail);
        this.type = type;
    }

    /** Returns the kind. */
    public ProblemType getType() {
        return type;
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
