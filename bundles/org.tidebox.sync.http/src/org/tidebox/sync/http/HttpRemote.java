package org.tidebox.sync.http;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.BlockSignature;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.remote.WireCounters;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChangePassword;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.Messages.Confirmed;
import org.tidebox.wire.Messages.Deleted;
import org.tidebox.wire.Messages.DeviceEntry;
import org.tidebox.wire.Messages.Devices;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Moment;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.Messages.PasswordChanged;
import org.tidebox.wire.Messages.RemoveDevice;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Wanted;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** A logged-in device's connection. Many requests share one TCP connection. */
final class HttpRemote implements ServerConnection {
    /** A page seldom covers more. */
    private static final int FOLDERS = 1_000;
    /** So many bytes are counted for a chunk that comes: fewer than one has on average. */
    private static final int CHUNK = 32 << 10;
    /** More commits that a person confirmed since a device was last here do not count: it asks once more. */
    private static final int MOST_CONFIRMED = 100_000;
    /** So many nodes are asked for at once: the heaviest ones do not make an answer that is too long. */
    private static final int NODES = 500;
    /** No more of a node's past is taken into memory: some thousand versions of a large file. */
    private static final long MOST_HISTORY = 16L << 20;
    /** From so many changes on, compressing a commit is worth asking whether the server knows that. */
    private static final int LONG_COMMIT = 10;

    private final Requests requests;
    private final Set<EventLoop> loops = new HashSet<>();
    private List<Integer> protocol = List.of();
    private boolean closed;

    HttpRemote(Requests requests) {
        this.requests = requests;
    }

    @Override
    public ServerAddress address() {
        return requests.address();
    }

    @Override
    public ServerInfo info() throws RemoteException {
        return requests.get(Routes.INFO, ServerInfo.class);
    }

    @Override
    public void logout() throws RemoteException {
        HttpRequest request = requests.request(Routes.LOGOUT).POST(BodyPublishers.noBody()).build();
        requests.open(request, false).close();
    }

    @Override
    public List<DeviceEntry> devices() throws RemoteException {
        return requests.get(Routes.DEVICES, Devices.class).devices();
    }

    @Override
    public void removeDevice(String device, char[] password) throws RemoteException {
        RemoveDevice message = new RemoveDevice(device, new String(password));
        requests.open(requests.postOf(Routes.REMOVE_DEVICE, message), false).close();
    }

    @Override
    public int changePassword(char[] password, char[] fresh, boolean logOutOthers) throws RemoteException {
        ChangePassword message = new ChangePassword(new String(password), new String(fresh), logOutOthers);
        return requests.post(Routes.PASSWORD, message, PasswordChanged.class, false).loggedOut();
    }

    @Override
    public List<Library> libraries() throws RemoteException {
        return requests.get(Routes.LIBRARIES, Libraries.class).libraries();
    }

    @Override
    public Library createLibrary(String name, LibraryKind kind) throws RemoteException {
        return requests.post(Routes.LIBRARIES, new NewLibrary(name, kind), Library.class, true);
    }

    @Override
    public List<HistoryEntry> history(LibraryId library, NodeId node) throws RemoteException {
        List<HistoryEntry> all = new ArrayList<>();
        long before = Long.MAX_VALUE;
        long weight = 0;
        boolean isLast = false;
        while (!isLast && weight < MOST_HISTORY) {
            String query = "?node=" + node + "&before=" + before + "&limit=" + Limits.MAX_PAGE;
            List<HistoryEntry> page = requests.get(Routes.history(library) + query, History.class).versions();
            if (page.isEmpty() || page.getFirst().node().sequence() >= before) {
                // A server that knows no pages has told all at once.
                break;
            }
            long more = page.stream().mapToLong(version -> version.node().weight()).sum();
            all.addAll(page);
            weight += more;
            before = page.getLast().node().sequence();
            isLast = page.size() < Limits.LEAST_PAGE && more < ChangePage.MAX_WEIGHT;
        }
        return all;
    }

    @Override
    public List<NodeId> formerly(LibraryId library, NodeId folder, String name) throws RemoteException {
        return speaks(Routes.VERSION_CONFIRMED)
                ? requests.get(Routes.formerly(library) + "?parent=" + folder + "&name="
                        + URLEncoder.encode(name, StandardCharsets.UTF_8), NodeIds.class).ids()
                : List.of();
    }

    @Override
    public PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after) throws RemoteException {
        List<NodeId> some = folders.subList(0, Math.min(folders.size(), FOLDERS));
        return requests.post(Routes.tree(library), new FoldersAsOf(asOf, some, after, Limits.MAX_PAGE), PastPage.class,
                true);
    }

    @Override
    public List<HistoryEntry> newest(LibraryId library, Collection<NodeId> ids) throws RemoteException {
        List<HistoryEntry> found = new ArrayList<>();
        for (List<NodeId> some : portions(ids, NODES)) {
            found.addAll(requests.post(Routes.nodes(library), new NodeIds(some), History.class, true).versions());
        }
        return found;
    }

    @Override
    public List<HistoryEntry> deleted(LibraryId library, long before) throws RemoteException {
        String query = "?before=" + before + "&limit=" + Limits.MAX_PAGE;
        List<HistoryEntry> page = requests.get(Routes.deleted(library) + query, Deleted.class).entries();
        if (!page.isEmpty() && page.getLast().node().sequence() >= before) {
            throw requests.failures().of(new WireException("got deletions from after those asked for"));
        }
        return page;
    }

    @Override
    public long sequenceAt(LibraryId library, Instant time) throws RemoteException {
        return requests.get(Routes.moment(library) + "?time=" + time, Moment.class).sequence();
    }

    @Override
    public ChangePage changes(LibraryId library, long since, Mark seen) throws RemoteException {
        String query = "?since=" + since + "&limit=" + Limits.MAX_PAGE + (seen == null ? "" : "&seen=" + seen);
        return requests.get(Routes.changes(library) + query, ChangePage.class);
    }

    @Override
    public Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        Set<ChunkId> missing = new HashSet<>();
        for (List<ChunkId> some : portions(ids, Limits.MAX_IDS)) {
            missing.addAll(requests.post(Routes.missing(library), new ChunkIds(some), ChunkIds.class, true).ids());
        }
        return missing;
    }

    @Override
    public List<SequenceRange> confirmed(LibraryId library, long since) throws RemoteException {
        List<SequenceRange> all = new ArrayList<>();
        if (speaks(Routes.VERSION_CONFIRMED)) {
            List<SequenceRange> page;
            do {
                long behind = all.isEmpty() ? since : all.getLast().last();
                page = requests.get(Routes.confirmed(library) + "?since=" + behind, Confirmed.class).ranges();
                all.addAll(page.stream().filter(range -> range.last() > behind).toList());
            } while (page.size() >= Limits.MAX_PAGE && all.size() < MOST_CONFIRMED);
        }
        return all;
    }

    @Override
    public List<NodeId> wanted(LibraryId library) throws RemoteException {
        return requests.get(Routes.wanted(library), Wanted.class).nodes();
    }

    @Override
    public CommitResult upload(LibraryId library, ChunkStream chunks, Commit commit) throws RemoteException {
        boolean compressed = commit != null && commit.changes().size() >= LONG_COMMIT
                && speaks(Routes.VERSION_COMPRESSION);
        boolean isTold = commit != null && commit.isConfirmed() && !speaks(Routes.VERSION_CONFIRMED);
        return new Upload(requests, library, chunks, compressed).send(isTold ? commit.withoutConfirmation() : commit);
    }

    @Override
    public void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException {
        for (List<ChunkId> some : portions(ids, chunksAtOnce())) {
            download(Routes.fetch(library), new ChunkIds(some), (long) CHUNK * some.size(),
                    Download.ofChunks(requests.failures(), some, receiver, patch -> {
                        throw new WireException("got a patch without having asked for one");
                    }));
        }
    }

    @Override
    public Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids)
            throws RemoteException {
        Map<ChunkId, BlockSignature> signatures = new HashMap<>();
        if (!ids.isEmpty() && speaks(Routes.VERSION_PATCHES)) {
            for (List<ChunkId> some : portions(ids, Limits.MAX_SIGNATURES)) {
                download(Routes.signatures(library), new ChunkIds(some), 0,
                        Download.ofSignatures(requests.failures(), some, signatures));
            }
        }
        return signatures;
    }

    @Override
    public void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException {
        if (wishes.stream().allMatch(wish -> wish.bases().isEmpty()) || !speaks(Routes.VERSION_PATCHES)) {
            fetch(library, wishes.stream().map(ChunkWish::id).toList(), wholes);
            return;
        }
        for (List<ChunkWish> some : portions(wishes, chunksAtOnce())) {
            List<ChunkId> ids = some.stream().map(ChunkWish::id).toList();
            download(Routes.patches(library), new ChunkWishes(some), 0,
                    Download.ofChunks(requests.failures(), ids, wholes, patches::patch));
        }
    }

    @Override
    public EventSubscription events(EventListener listener) {
        EventLoop loop = new EventLoop(requests, listener);
        synchronized (loops) {
            if (closed) {
                throw new IllegalStateException("the connection is closed");
            }
            loops.add(loop);
        }
        loop.start();
        return () -> {
            loop.close();
            synchronized (loops) {
                loops.remove(loop);
            }
        };
    }

    @Override
    public WireCounters counters() {
        return requests.meter().read();
    }

    @Override
    public void close() {
        synchronized (loops) {
            closed = true;
            loops.forEach(EventLoop::close);
            loops.clear();
        }
        requests.close();
    }

    private void download(String route, Object message, long bytes, Download download) throws RemoteException {
        try {
            if (bytes < Requests.BULK) {
                read(requests.open(requests.postOf(route, message), true), download);
                return;
            }
            try (BulkExchange exchange = requests.bulk(route, Routes.CBOR)) {
                exchange.send(Codec.write(message, Routes.CBOR));
                read(requests.good(exchange.answer()), download);
            }
        } catch (IOException e) {
            throw requests.failures().of(e);
        }
    }

    private void read(Answer answer, Download download) throws RemoteException, IOException {
        try (answer) {
            download.read(requests.throttles().down().slow(answer.body()), answer.type());
        }
    }

    /**
     * What was asked for travels as fast as it goes, and waits here: so a device with a limit asks for no more at once
     * than may pass in a second or two.
     */
    private int chunksAtOnce() {
        long rate = requests.throttles().down().rate();
        return rate == 0 ? Limits.MAX_IDS : Math.clamp(rate / CHUNK, 1, Limits.MAX_IDS);
    }

    /** Asked once for each connection; servers get newer only while nobody is connected. */
    private synchronized boolean speaks(int version) throws RemoteException {
        if (protocol.isEmpty()) {
            protocol = info().protocol();
        }
        return protocol.contains(version);
    }

    private static <T> List<List<T>> portions(Collection<T> all, int most) {
        List<T> list = List.copyOf(all);
        List<List<T>> portions = new ArrayList<>();
        for (int from = 0; from < list.size(); from += most) {
            portions.add(list.subList(from, Math.min(list.size(), from + most)));
        }
        return portions;
    }
}
