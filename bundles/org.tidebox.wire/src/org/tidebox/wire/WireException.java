package org.tidebox.wire;

/** Bytes that are not what the protocol says. Trying the same again does not help. */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ProblemType type;

    /** Says what was expected and found. */
    public WireException(String message) {
        this(ProblemType.BAD_REQUEST, message, null);
    }

    /** Says what was expected and found, and how it showed. */
    public WireException(String message, Throwable cause) {
        this(ProblemType.BAD_REQUEST, message, cause);
    }

    /** Says with which problem a server answers this, what was expected and found, and how it showed. */
    public WireException(ProblemType type, String message, Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    /**
     * Returns how a server answers it: {@code BAD_REQUEST}, {@code BAD_NAME}, {@code BAD_JOIN_CODE}, {@code TOO_LARGE} or {@code
     * UNSUPPORTED_TYPE}.
     */
    public ProblemType getType() {
        return type;
    }
}
