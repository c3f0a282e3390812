package org.tidebox.sync.internal;

import org.tidebox.sync.RemoteException;

/** The server is at an older state than one that this device has seen. */
final class SetBackException extends RemoteException {
    private static final long serialVersionUID = 1L;

    SetBackException(long head, long seen) {
        super(Reason.REFUSED, "The server's library is at change " + head + ", but this device has already seen change "
                + seen + ": the server was set back to an older state. Nothing was changed here; "
                + "'tidebox folder resume' brings back to the server what this device has, and keeps both "
                + "where the two differ", null);
    }
}
