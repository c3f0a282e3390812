package org.tidebox.control;

/**
 * A call failed in a way that its method does not declare: the connection broke, or the other side threw something
 * unexpected.
 */
public final class ControlFailure extends RuntimeException {
    /** The {@linkplain #getType() type} of a call whose connection was closed or broke. */
    public static final String DISCONNECTED = "Disconnected";
    private static final long serialVersionUID = 1L;
    private final String type;

    /**
     * Says what happened.
     *
     * @param type the simple name of the exception class on the other side, or {@link #DISCONNECTED}
     * @param message for a person
     */
    public ControlFailure(String type, String message, Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    /** Returns the simple name of the exception class on the other side, or {@link #DISCONNECTED}. */
    public String getType() {
        return type;
    }
}
