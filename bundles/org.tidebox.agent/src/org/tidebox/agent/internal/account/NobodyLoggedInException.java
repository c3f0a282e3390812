package org.tidebox.agent.internal.account;

import org.tidebox.remote.RemoteException;

/** There is no server to ask, since nobody is logged in on this device. */
public final class NobodyLoggedInException extends RemoteException {
    private static final long serialVersionUID = 1L;

    NobodyLoggedInException() {
        super(Reason.NOT_LOGGED_IN, "Nobody is logged in on this device", null);
    }
}
