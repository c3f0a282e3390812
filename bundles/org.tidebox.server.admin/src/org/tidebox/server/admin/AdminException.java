package org.tidebox.server.admin;

/** An operator's command could not be carried out. The message is for that person. */
public final class AdminException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was expected, what was found and what to do. */
    public AdminException(String message) {
        super(message);
    }

    /** Returns whether trying the same again cannot help; the message says what else can. */
    public boolean isPermanent() {
        return true;
    }
}
