package org.tidebox.remote;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryKind;
import org.tidebox.wire.Messages.DeviceEntry;
import org.tidebox.wire.Messages.ServerInfo;

/**
 * All that a logged-in device does with its server. Thread-safe; requests may overlap. Made by {@link ServerConnector}.
 */
@ProviderType
public interface ServerConnection extends Remote, RemoteHistory, AutoCloseable {
    /** Returns where the server is. */
    ServerAddress address();

    /** Asks who is there. */
    ServerInfo info() throws RemoteException;

    /** Ends this device's token. */
    void logout() throws RemoteException;

    /** Returns the account's devices by name. */
    List<DeviceEntry> devices() throws RemoteException;

    /**
     * Removes another device of the account.
     *
     * @param device its name, or its number
     * @param password the account's; stays as it is: the caller wipes it
     * @throws RemoteException {@code REFUSED} if the password is wrong, or there is no such device
     */
    void removeDevice(String device, char[] password) throws RemoteException;

    /**
     * Changes the account's password; both arrays stay as they are: the caller wipes them.
     *
     * @param logOutOthers whether to remove all other devices as well
     * @return how many devices were removed
     * @throws RemoteException {@code REFUSED} if the present password is wrong, or the new one too weak
     */
    int changePassword(char[] password, char[] fresh, boolean logOutOthers) throws RemoteException;

    /** Returns the account's libraries by name. */
    List<Library> libraries() throws RemoteException;

    /** Makes a library, or returns the one that has this name and kind already. */
    Library createLibrary(String name, LibraryKind kind) throws RemoteException;

    /**
     * Listens to the server's news. Reconnects by itself, less and less often while the server is away.
     *
     * @return ends the listening; no call comes after its {@code close()} has returned, except one that was under way
     */
    EventSubscription events(EventListener listener);

    /** Returns what has passed the wire since this connection was opened. */
    WireCounters counters();

    /** Ends all that is under way; requests that run fail. */
    @Override
    void close();

    /** A running {@link #events}. */
    interface EventSubscription extends AutoCloseable {
        @Override
        void close();
    }
}
