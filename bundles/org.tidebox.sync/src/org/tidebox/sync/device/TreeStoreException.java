package org.tidebox.sync.device;

/** The device's database failed. */
public final class TreeStoreException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    /** What kind of failure. */
    public enum Reason {
        /** Another process has the database open. */
        LOCKED,
        /** The database cannot be read; it must be moved aside and built anew. */
        DAMAGED,
        /** Anything else, such as a full disk. */
        FAILED
    }

    /** Says what happened and what can be done. */
    public TreeStoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns what kind of failure it is. */
    public Reason getReason() {
        return reason;
    }

    /** Returns whether trying again is of no use before somebody did something. */
    public boolean isPermanent() {
        return reason == Reason.DAMAGED;
    }
}
