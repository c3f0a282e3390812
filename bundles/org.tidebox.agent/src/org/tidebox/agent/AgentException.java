package org.tidebox.agent;

/** The agent could not do what was asked. The message is for a person: what, and what to do. */
public final class AgentException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean permanent;

    /** Says what was expected, what was found and what to do, and whether trying the same again is of no use. */
    public AgentException(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    /** Says something that trying the same again does not change. */
    public AgentException(String message) {
        this(message, true);
    }

    /** As before, with the cause for the log. */
    public AgentException(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    /** Returns whether trying the same again cannot help. */
    public boolean isPermanent() {
        return permanent;
    }
}
