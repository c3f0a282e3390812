package org.tidebox.sync;

import java.util.List;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.wire.Messages.ServerInfo;

/**
 * All that a logged-in device does with its server. Thread-safe; requests may overlap. Made by {@link ServerConnector}.
 */
public interface ServerConnection extends Remote, Past, AutoCloseable {
    /** Returns where the server is. */
    ServerAddress address();

    /** Asks who is there. */
    ServerInfo info() throws RemoteException;

    /** Ends this device's token. */
    void logout() throws RemoteException;

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
