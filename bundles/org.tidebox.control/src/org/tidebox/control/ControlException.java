package org.tidebox.control;

/** The other side could not be reached, or did not do what it was asked to. */
public class ControlException extends Exception {
    /** The {@linkplain #getType() type} that says that nobody serves the socket. */
    public static final String NOT_RUNNING = "NotRunning";
    private static final long serialVersionUID = 1L;
    private final String type;
    private final boolean permanent;

    /**
     * Says what happened.
     *
     * @param type the simple name of the exception class on the other side, or {@link #NOT_RUNNING}
     * @param message for a person
     * @param permanent whether trying the same again is of no use
     */
    public ControlException(String type, String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.type = type;
        this.permanent = permanent;
    }

    /** Returns the simple name of the exception class on the other side, or {@link #NOT_RUNNING}. */
    public String getType() {
        return type;
    }

    /** Returns whether nobody serves the socket, so that a caller may want to start a host. */
    public boolean isNotRunning() {
        return type.equals(NOT_RUNNING);
    }

    /** Returns whether trying the same again is of no use. */
    public boolean isPermanent() {
        return permanent;
    }
}
