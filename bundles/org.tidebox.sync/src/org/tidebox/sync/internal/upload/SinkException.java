package org.tidebox.sync.internal.upload;

import java.io.IOException;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.disk.StaleException;

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
