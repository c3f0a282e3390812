package org.tidebox.agent.internal.host;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.tidebox.delta.BlockSignature;
import org.tidebox.remote.Bandwidth;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.remote.ServerConnector;
import org.tidebox.remote.ServerWelcome;
import org.tidebox.remote.WireCounters;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.DeviceEntry;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.ServerInfo;

/** A server with one account, whose password is {@code secret}. It knows libraries and histories; chunks and changes it does not. */
final class FakeServer implements ServerConnector {
    static final ServerAddress ADDRESS = new ServerAddress(URI.create("https://test:8443"), "ab".repeat(32));
    static final String JOIN_SECRET = "a-secret-of-enough-characters";

    final Map<String, Library> libraries = new TreeMap<>();
    final Set<EventListener> listeners = ConcurrentHashMap.newKeySet();
    final List<HistoryEntry> history = new ArrayList<>();
    final List<DeviceEntry> devices = new ArrayList<>();
    volatile boolean loggedOut;
    volatile boolean removed;
    volatile Bandwidth bandwidth;
    private final Random random = new Random(5);

    @Override
    public ServerConnection connect(ServerAddress address, String token) {
        return new Connection(address);
    }

    @Override
    public void limit(Bandwidth wanted) {
        bandwidth = wanted;
    }

    @Override
    public ServerInfo info(ServerAddress address) {
        return new ServerInfo("tidebox", "test", List.of(1));
    }

    @Override
    public ServerWelcome login(ServerAddress address, String account, char[] password, String device)
            throws RemoteException {
        if (!new String(password).equals("secret")) {
            throw new RemoteException(RemoteException.Reason.REFUSED, "Account or password are wrong; try again", null);
        }
        removed = false;
        return new ServerWelcome(account, device, "token");
    }

    @Override
    public ServerWelcome join(ServerAddress address, String secret, String device) throws RemoteException {
        return login(address, "ada", secret.equals(JOIN_SECRET) ? "secret".toCharArray() : new char[0], device);
    }

    /** Withdraws the device's token. */
    void remove() {
        removed = true;
        listeners.forEach(listener -> listener.disconnected(removal()));
    }

    private static RemoteException removal() {
        return new RemoteException(RemoteException.Reason.NOT_LOGGED_IN,
                "The device 'laptop' was removed from the account 'ada'", null);
    }

    /** Tells all who listen. */
    void moved(Library library, long head) {
        listeners.forEach(listener -> listener.event(new LibraryEvent(library.id(), head)));
    }

    private final class Connection implements ServerConnection {
        private final ServerAddress address;

        Connection(ServerAddress address) {
            this.address = address;
        }

        @Override
        public ServerAddress address() {
            return address;
        }

        @Override
        public ServerInfo info() {
            return FakeServer.this.info(address);
        }

        @Override
        public void logout() {
            loggedOut = true;
        }

        @Override
        public List<DeviceEntry> devices() throws RemoteException {
            checkToken();
            return List.copyOf(devices);
        }

        @Override
        public void removeDevice(String device, char[] password) throws RemoteException {
            login(address, "ada", password, device);
            devices.removeIf(entry -> entry.name().equals(device));
        }

        @Override
        public int changePassword(char[] password, char[] fresh, boolean logOutOthers) throws RemoteException {
            login(address, "ada", password, "");
            return logOutOthers ? devices.size() - 1 : 0;
        }

        @Override
        public List<Library> libraries() throws RemoteException {
            checkToken();
            return List.copyOf(libraries.values());
        }

        private void checkToken() throws RemoteException {
            if (removed) {
                throw removal();
            }
        }

        @Override
        public Library createLibrary(String name, LibraryKind kind) {
            return libraries.computeIfAbsent(name, key -> new Library(LibraryId.random(random), key, kind, 0));
        }

        @Override
        public List<HistoryEntry> history(LibraryId library, NodeId node) {
            return history;
        }

        @Override
        public PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after) {
            return new PastPage(List.of(), List.of(), folders.size(), 0, 0);
        }

        @Override
        public List<HistoryEntry> newest(LibraryId library, Collection<NodeId> ids) {
            return List.of();
        }

        @Override
        public List<HistoryEntry> deleted(LibraryId library, long before) {
            return List.of();
        }

        @Override
        public List<NodeId> formerly(LibraryId library, NodeId folder, String name) {
            return List.of();
        }

        @Override
        public long sequenceAt(LibraryId library, Instant time) {
            return 0;
        }

        @Override
        public EventSubscription events(EventListener listener) {
            listeners.add(listener);
            if (removed) {
                listener.disconnected(removal());
            } else {
                listener.connected();
            }
            return () -> listeners.remove(listener);
        }

        @Override
        public WireCounters counters() {
            return new WireCounters(1, 2, 3);
        }

        @Override
        public void close() {
            listeners.clear();
        }

        @Override
        public ChangePage changes(LibraryId library, long since, Mark seen) {
            return new ChangePage(List.of(), since, since);
        }

        @Override
        public Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) {
            return Set.of();
        }

        @Override
        public List<SequenceRange> confirmed(LibraryId library, long since) {
            return List.of();
        }

        @Override
        public List<NodeId> wanted(LibraryId library) {
            return List.of();
        }

        @Override
        public CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) {
            throw new UnsupportedOperationException("this server takes nothing");
        }

        @Override
        public void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) {
            throw new UnsupportedOperationException("this server gives nothing");
        }

        @Override
        public Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids) {
            return Map.of();
        }

        @Override
        public void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes,
                PatchReceiver patches) {
            throw new UnsupportedOperationException("this server gives nothing");
        }
    }

    static HistoryEntry version(Node node, long second) {
        return new HistoryEntry(node, "laptop", Instant.ofEpochSecond(second), false);
    }
}
