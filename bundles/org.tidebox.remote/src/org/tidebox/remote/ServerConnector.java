package org.tidebox.remote;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.wire.Messages.ServerInfo;

/** The way to servers; a service. Thread-safe. */
@ProviderType
public interface ServerConnector {
    /**
     * Opens a connection for a device that has logged in. Nothing is sent yet, so that a server may be away for now.
     */
    ServerConnection connect(ServerAddress address, String token);

    /** Limits, from now on, how fast the contents of files travel on all connections together. */
    void limit(Bandwidth bandwidth);

    /** Asks who is there; needs no login. */
    ServerInfo info(ServerAddress address) throws RemoteException;

    /**
     * Logs a device in.
     *
     * @param password stays as it is: the caller wipes it
     * @param device how the person calls this installation
     * @throws RemoteException {@code REFUSED} if account or password are wrong
     */
    ServerWelcome login(ServerAddress address, String account, char[] password, String device) throws RemoteException;

    /**
     * Logs a device in with the secret of a join code.
     *
     * @throws RemoteException {@code REFUSED} if the secret was used, has expired, or never was
     */
    ServerWelcome join(ServerAddress address, String secret, String device) throws RemoteException;
}
