package org.tidebox.sync.internal;

import java.io.IOException;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.TreeStoreException;

/** Carries what went wrong with what a file's reading brought through that reading. */
final class SinkException extends Exception {
    private static final long serialVersionUID = 1L;

    SinkException(Exception cause) {
        super(cause);
    }

    RuntimeException unwrap()
            throws RemoteException, TreeStoreException, InterruptedException, IOException, StaleException {
        switch (getCause()) {
            case RemoteException e -> throw e;
            case TreeStoreException e -> throw e;
            case InterruptedException e -> throw e;
            case IOException e -> throw e;
            case StaleException e -> throw e;
            default -> throw new IllegalStateException(getCause());
        }
    }
}
