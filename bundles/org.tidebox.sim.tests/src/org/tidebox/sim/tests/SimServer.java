package org.tidebox.sim.tests;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tidebox.auth.Authenticator;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.feature.SwapPoint;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.events.EventHub;
import org.tidebox.server.events.News;
import org.tidebox.server.session.Session;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.files.tests.disk.Crash;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.accounts.Devices;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.wire.EventReader;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Routes;

/**
 * The real core of the server on real packs and metadata in memory. It can crash, and be set back to a backup. Its
 * threads hash and store the chunks of one request, and are waited for before the request ends, so they do not make
 * runs differ.
 */
final class SimServer implements AutoCloseable {
    static final LibraryId LIBRARY = LibraryId.parse("00000000000000000000000000000001");

    private final InstantSource clock;
    private final Runnable restarted;
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final SimStorage storage;
    private final Account account;
    private final List<Node> accepted = new ArrayList<>();
    private final List<Answered> answered = new ArrayList<>();
    private Random crashes = new Random(0);
    private Backup backup;
    private ServerData data;
    private TideboxServer server;
    private int starts;

    private record Backup(SimStorage.Backup stored, int versions, int answers) {
    }

    /** A commit that it has answered. */
    record Answered(Session session, byte[] frames, CommitResult result) {
    }

    /** Something that the server does. */
    interface Request<R> {
        R run() throws Exception;
    }

    /**
     * Starts with an empty library.
     *
     * @param restarted is told whenever all streams of news have broken
     */
    SimServer(InstantSource clock, Runnable restarted) throws Exception {
        this.clock = clock;
        this.restarted = restarted;
        this.storage = new SimStorage(clock);
        this.account = storage.metadata().accounts().add("anna", clock.instant());
        storage.metadata().journal().create(account.id(), LIBRARY, "documents", LibraryKind.SYNC);
        backUp();
        open();
    }

    private void open() throws ServerStartException {
        ServerLocation location = new ServerLocation(files.getPath("/server"), "localhost", 0, false, Map.of());
        data = new ServerData(location, storage, new ServerFeatures(location, List::of), new SimProcess());
        data.awaitOpen();
        server = new TideboxServer(data, new SwapPoint<Authenticator>("auth")::acquireAll,
                new SwapPoint<Chunker>(ChunkerRegistry.POINT)::acquire, clock);
        starts++;
    }

    TideboxServer core() {
        return server;
    }

    /** Returns a device's login, which does not end however long the device is away. */
    Session session(int device) {
        Devices devices = storage.metadata().devices();
        String token = "token of " + device;
        Instant never = clock.instant().plus(Duration.ofDays(36_500));
        try {
            Optional<Device> known = devices.findByToken(token);
            return new Session(account, known.isPresent()
                    ? known.get()
                    : devices.add(account.id(), "d" + device, token, null, never, never), token);
        } catch (StorageException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    /**
     * Serves a request.
     *
     * @throws IOException if it crashed meanwhile; it has started again then
     */
    <R> R serve(Request<R> request) throws Exception {
        int start = starts;
        try {
            R answer = request.run();
            if (start == starts && !storage.hasCrashed()) {
                return answer;
            }
        } catch (Exception | Crash e) {
            boolean deviceCrashed = e instanceof Crash && !storage.hasCrashed();
            if (deviceCrashed || start == starts && !storage.hasCrashed()) {
                throw e;
            }
        }
        if (storage.hasCrashed()) {
            restart();
        }
        throw new IOException("the server went away");
    }

    /** Takes in an upload, and remembers what it accepted. */
    CommitResult upload(Session session, byte[] frames, Commit commit) throws Exception {
        long head = head();
        CommitResult result;
        try {
            result = serve(() -> server.transfers().upload(session, LIBRARY, new ByteArrayInputStream(frames)))
                    .commit();
        } catch (IOException e) {
            if (head() > head) {
                // It crashed between the commit and the answer; who asks again hears it.
                answered(commit, head, session, frames,
                        server.transfers().upload(session, LIBRARY, new ByteArrayInputStream(frames)).commit());
            }
            throw e;
        }
        if (commit != null) {
            answered(commit, head, session, frames, result);
        }
        return result;
    }

    private void answered(Commit commit, long head, Session session, byte[] frames, CommitResult result) {
        answered.add(new Answered(session, frames, result));
        List<Change> changes = commit.changes();
        for (int i = 0; i < changes.size(); i++) {
            CommitResult.Outcome outcome = result.outcomes().get(i);
            if (outcome.isAccepted() && outcome.sequence() > head) {
                accepted.add(changes.get(i).node().withSequence(outcome.sequence()));
            }
        }
    }

    Upkeep upkeep() {
        return new Upkeep(data, clock);
    }

    /** Lets a stored chunk rot. */
    void damage(ChunkId chunk) throws Exception {
        storage.damage(account.id(), chunk);
    }

    /** Returns how many bytes the packs have. */
    long stored() throws IOException {
        return storage.backUp().packs().values().stream().mapToLong(pack -> pack.length).sum();
    }

    /** Returns all versions that it accepted, the oldest first. */
    List<Node> versions() {
        return accepted;
    }

    /** Returns all commits that it has answered, the oldest first. */
    List<Answered> answered() {
        return answered;
    }

    /** Returns all versions that its journal holds, by sequence. */
    List<Node> journal() throws Exception {
        List<Node> versions = new ArrayList<>();
        for (Node node : nodes()) {
            server.libraries().history(session(0), LIBRARY, node.id(), Long.MAX_VALUE, Integer.MAX_VALUE).versions()
                    .stream().map(HistoryEntry::node)
                    .forEach(versions::add);
        }
        versions.sort(Comparator.comparing(Node::sequence));
        return versions;
    }

    long head() throws Exception {
        return server.libraries().find(session(0), LIBRARY).head();
    }

    /** Returns the nodes in their newest states. */
    List<Node> nodes() throws Exception {
        return server.libraries().changes(session(0), LIBRARY, 0, null, Integer.MAX_VALUE).nodes();
    }

    /** Returns what a stream of events told since the last call. */
    Optional<HeadNews> news(EventHub.Subscription events) throws Exception {
        Optional<News> news = events.take(Duration.ZERO).stream().findAny();
        if (news.isEmpty()) {
            return Optional.empty();
        }
        InputStream bytes = new ByteArrayInputStream(news.get().bytes(Routes.CBOR_SEQUENCE));
        LibraryEvent event = EventReader.of(bytes, Routes.CBOR_SEQUENCE).next();
        return Optional.of(new HeadNews(event.head(), event.pushed()));
    }

    /** Lets it crash after some more points at which it writes or reads; never if 0. */
    void crashIn(int points, Random random) {
        crashes = random;
        storage.crashIn(points);
    }

    /** Crashes at once, and starts again. */
    void crash(Random random) throws Exception {
        crashes = random;
        storage.crash();
        restart();
    }

    private void restart() throws Exception {
        close(false);
        storage.restart(crashes);
        open();
        restarted.run();
    }

    void backUp() throws IOException {
        backup = new Backup(storage.backUp(), accepted.size(), answered.size());
    }

    /** The disk broke, and the operator restores the backup. */
    void restore() throws Exception {
        close(false);
        storage.restore(backup.stored);
        accepted.subList(backup.versions, accepted.size()).clear();
        answered.subList(backup.answers, answered.size()).clear();
        open();
        restarted.run();
    }

    @Override
    public void close() throws IOException {
        close(true);
    }

    private void close(boolean forGood) throws IOException {
        server.close();
        data.close();
        if (forGood) {
            storage.close();
            files.close();
        }
    }

    private static final class SimProcess implements ServerProcess {
        @Override
        public void ready(String line) {
            // Nobody waits for it.
        }

        @Override
        public void failed(ServerStartException reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void finished() {
            // Nobody waits for it.
        }
    }
}
