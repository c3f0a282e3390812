package org.tidebox.agent.internal.account;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.ConnectionState;
import org.tidebox.delta.BlockSignature;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.remote.ServerConnector;
import org.tidebox.remote.WireCounters;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages.ChunkWish;

/**
 * The one connection of the agent to its server, which comes and goes with the login, and hears the server's news. As a {@link Remote} it
 * outlives logins: without one its requests fail. Thread-safe.
 */
public final class Uplink implements Remote, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final ServerConnector connector;
    private final News news;
    private ServerConnection connection;
    private ServerConnection.EventSubscription events;
    private WireCounters earlier = new WireCounters(0, 0, 0);
    private ConnectionState state = ConnectionState.LOGGED_OUT;
    private String message;

    /** Who wants to know. */
    public interface News {
        /** The server tells its news again, or cannot: some may have been missed, or is being missed. */
        void missed();

        /** A library has moved on to a new head. */
        void moved(LibraryId library, HeadNews head);

        /** The server has lost parts of a library and asks for them. */
        void wanted(LibraryId library);
    }

    public Uplink(ServerConnector connector, News news) {
        this.connector = connector;
        this.news = news;
    }

    /** Uses a login from now on; listens to the server's news only if wanted. */
    synchronized void open(DeviceState.Login login, boolean listen) {
        close();
        connection = connector.connect(login.server(), login.token());
        set(ConnectionState.RESTING, null);
        if (listen) {
            listen();
        }
    }

    /** Listens to the server's news, if somebody is logged in. */
    public synchronized void listen() {
        if (connection != null && events == null) {
            set(ConnectionState.CONNECTING, null);
            events = connection.events(new Ear(connection));
        }
    }

    public synchronized ConnectionState state() {
        return state;
    }

    /** Returns what a person should know or do about the connection, or {@code null}. */
    public synchronized String message() {
        return message;
    }

    /** Returns what has passed the wire in all connections. */
    public synchronized WireCounters counters() {
        return connection == null ? earlier : earlier.plus(connection.counters());
    }

    /**
     * Returns the connection of the present login.
     *
     * @throws RemoteException {@code NOT_LOGGED_IN} if there is none
     */
    public synchronized ServerConnection connection() throws RemoteException {
        if (connection == null) {
            throw new NobodyLoggedInException();
        }
        return connection;
    }

    @Override
    public synchronized void close() {
        if (events != null) {
            events.close();
            events = null;
        }
        if (connection != null) {
            earlier = earlier.plus(connection.counters());
            connection.close();
            connection = null;
        }
        set(ConnectionState.LOGGED_OUT, null);
    }

    @Override
    public ChangePage changes(LibraryId library, long since, Mark seen) throws RemoteException {
        return connection().changes(library, since, seen);
    }

    @Override
    public Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        return connection().missing(library, ids);
    }

    @Override
    public List<SequenceRange> confirmed(LibraryId library, long since) throws RemoteException {
        return connection().confirmed(library, since);
    }

    @Override
    public List<NodeId> wanted(LibraryId library) throws RemoteException {
        return connection().wanted(library);
    }

    @Override
    public CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) throws RemoteException {
        return connection().upload(library, chunks, commit);
    }

    @Override
    public void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException {
        connection().fetch(library, ids, receiver);
    }

    @Override
    public Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        return connection().signatures(library, ids);
    }

    @Override
    public void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException {
        connection().fetchPatches(library, wishes, wholes, patches);
    }

    private void set(ConnectionState newState, String newMessage) {
        state = newState;
        message = newMessage;
    }

    private synchronized void heard(ServerConnection from, ConnectionState newState, String newMessage) {
        if (from == connection) {
            set(newState, newMessage);
        }
    }

    /** Listens for one connection; what an old one says late does not count. */
    private final class Ear implements EventListener {
        private final ServerConnection from;

        Ear(ServerConnection from) {
            this.from = from;
        }

        @Override
        public void connected() {
            heard(from, ConnectionState.CONNECTED, null);
            LOG.info("Connected to {}", from.address());
            news.missed();
        }

        @Override
        public void event(LibraryEvent event) {
            news.moved(event.library(), new HeadNews(event.head(), event.pushed()));
            if (event.wanted()) {
                news.wanted(event.library());
            }
        }

        @Override
        public void disconnected(RemoteException why) {
            heard(from, switch (why.getReason()) {
                case NOT_LOGGED_IN -> ConnectionState.LOGIN_NEEDED;
                case UNTRUSTED -> ConnectionState.UNTRUSTED;
                default -> ConnectionState.OFFLINE;
            }, why.getMessage());
            LOG.info("Disconnected from {}: {}", from.address(), why.getMessage());
            if (!why.isPermanent()) {
                // Perhaps it is only the stream that does not come through; then news is asked for at each attempt.
                news.missed();
            }
        }
    }
}
