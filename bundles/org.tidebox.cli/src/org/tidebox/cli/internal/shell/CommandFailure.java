package org.tidebox.cli.internal.shell;

/** A command cannot go on. The message is one line for a person: what, and what to do. Trying again does not help by itself. */
public class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was expected, what was found and what to do. */
    public CommandFailure(String message) {
        super(message);
    }

    /** As before, with the cause. */
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns whether trying the same again is of no use. */
    public boolean isPermanent() {
        return true;
    }
}
