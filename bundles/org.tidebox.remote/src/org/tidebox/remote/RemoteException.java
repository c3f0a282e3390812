package org.tidebox.remote;

/** The server could not be reached, or refused. */
public class RemoteException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    /** What kind of failure, as far as the device acts on it. */
    public enum Reason {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** The server shows another certificate than the one that was trusted. */
        UNTRUSTED,
        /** The device must log in again. */
        NOT_LOGGED_IN,
        /** The account or the server's disk is full. */
        NO_ROOM,
        /** The request is refused for good: what it names is not there, or not allowed. */
        REFUSED,
        /** The library's history is not the one that this device has seen: the server was set back. */
        SET_BACK,
        /** A passing failure of the server, or of a local file that a request was reading. */
        FAILED
    }

    /** Says what happened and what can be done. */
    public RemoteException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns what kind of failure it is. */
    public Reason getReason() {
        return reason;
    }

    /** Returns whether trying again later without a person's help is of no use. */
    public boolean isPermanent() {
        return reason == Reason.UNTRUSTED || reason == Reason.NOT_LOGGED_IN || reason == Reason.REFUSED
                || reason == Reason.SET_BACK;
    }
}
