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
    private final boolean permanent;

    /**
     * Says what happened.
     *
     * @param type the simple name of the exception class on the other side, or {@link #DISCONNECTED}
     * @param message for a person
     * @param permanent whether trying the same again is of no use
     */
    public ControlFailure(String type, String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.type = type;
        this.permanent = permanent;
    }

    /** Returns whether trying the same again is of no use. */
    public boolean isPermanent() {
        return permanent;
    }

    /** Returns whether the connection was closed or broke; what was asked may have been done. */
    public boolean isDisconnected() {
        return type.equals(DISCONNECTED);
    }

    /** Returns the simple name of the exception class on the other side, or {@link #DISCONNECTED}. */
    public String getType() {
        return type;
    }
}
