package org.tidebox.sim.tests;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.auth.Authenticator;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.server.EventHub;
import org.tidebox.server.ServerData;
import org.tidebox.server.ServerFeatures;
import org.tidebox.server.ServerLocation;
import org.tidebox.server.ServerProcess;
import org.tidebox.server.ServerStartException;
import org.tidebox.server.Session;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.Account;
import org.tidebox.storage.Device;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.MetadataStoreProvider;
import org.tidebox.storage.PackStore;
import org.tidebox.storage.PackStoreProvider;
import org.tidebox.storage.StorageLocation;
import org.tidebox.storage.StorageRegistry;
import org.tidebox.storage.tests.MemoryMetadataStore;
import org.tidebox.storage.tests.MemoryPackStore;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.Commit;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages.Uploaded;

/**
 * The real core of the server on stores in memory that keep the same contracts as the real ones. It can be set back to
 * a backup. Its threads hash and store the chunks of one request, and are waited for before the request ends, so they
 * do not make runs differ.
 */
final class SimServer implements AutoCloseable {
    static final LibraryId LIBRARY = LibraryId.parse("00000000000000000000000000000001");

    private final InstantSource clock;
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final MemoryPackStore packs = new MemoryPackStore();
    private final Account account;
    private final List<Node> accepted = new ArrayList<>();
    private MemoryMetadataStore metadata = new MemoryMetadataStore();
    private Backup backup;
    private ServerData data;
    private TideboxServer server;

    private record Backup(MemoryMetadataStore metadata, int versions) {
    }

    SimServer(InstantSource clock) throws Exception {
        this.clock = clock;
        this.account = metadata.accounts().add("anna", clock.instant());
        metadata.journal().create(account.id(), LIBRARY, "documents", LibraryKind.SYNC);
        backUp();
        open();
    }

    private void open() throws ServerStartException {
        ServerLocation location = new ServerLocation(files.getPath("/server"), "localhost", 0, false, Map.of());
        data = new ServerData(location, new MemoryStorage(metadata, packs), new ServerFeatures(location, List::of),
                new SimProcess());
        data.awaitOpen();
        server = new TideboxServer(data, new SwapPoint<Authenticator>("auth")::acquire, clock);
    }

    TideboxServer core() {
        return server;
    }

    Session session(int device) {
        return new Session(account, new Device(device, account.id(), "d" + device, clock.instant(), clock.instant(),
                clock.instant().plus(Duration.ofDays(90))));
    }

    /** Takes in an upload, and remembers what it accepted. */
    CommitResult upload(Session session, byte[] frames, Commit commit) throws Exception {
        long head = head();
        Uploaded uploaded = server.transfers().upload(session, LIBRARY, new ByteArrayInputStream(frames));
        if (commit != null) {
            List<Change> changes = commit.changes();
            for (int i = 0; i < changes.size(); i++) {
                CommitResult.Outcome outcome = uploaded.commit().outcomes().get(i);
                if (outcome.isAccepted() && outcome.sequence() > head) {
                    accepted.add(changes.get(i).node().withSequence(outcome.sequence()));
                }
            }
        }
        return uploaded.commit();
    }

    MemoryPackStore packs() {
        return packs;
    }

    Upkeep upkeep() {
        return new Upkeep(data, clock);
    }

    /** Returns all versions that it accepted, the oldest first. */
    List<Node> versions() {
        return accepted;
    }

    long head() throws Exception {
        return server.libraries().find(session(0), LIBRARY).head();
    }

    /** Returns the nodes in their newest states. */
    List<Node> nodes() throws Exception {
        return server.libraries().changes(session(0), LIBRARY, 0, null, Integer.MAX_VALUE).nodes();
    }

    /** Returns the newest head that a stream of events told of since the last call; empty if it told nothing. */
    Optional<Long> news(EventHub.Subscription events) throws InterruptedException {
        return events.take(Duration.ZERO).stream().map(LibraryEvent::head).max(Long::compare);
    }

    void backUp() {
        backup = new Backup(metadata.copy(), accepted.size());
    }

    /** The disk broke, and the operator restores the backup. */
    void restore() throws Exception {
        close(false);
        metadata = backup.metadata.copy();
        accepted.subList(backup.versions, accepted.size()).clear();
        open();
    }

    @Override
    public void close() throws IOException {
        close(true);
    }

    private void close(boolean forGood) throws IOException {
        server.close();
        data.close();
        if (forGood) {
            files.close();
        }
    }

    private record MemoryStorage(MemoryMetadataStore metadata, MemoryPackStore packs) implements StorageRegistry {
        @Override
        public Lease<PackStoreProvider> acquirePacks() {
            return lease(new PackStoreProvider() {
                @Override
                public String name() {
                    return "memory";
                }

                @Override
                public PackStore open(StorageLocation location) {
                    return packs;
                }
            });
        }

        @Override
        public Lease<MetadataStoreProvider> acquireMetadata() {
            return lease(new MetadataStoreProvider() {
                @Override
                public String name() {
                    return "memory";
                }

                @Override
                public MetadataStore open(StorageLocation location) {
                    return metadata;
                }
            });
        }

        private static <T> Lease<T> lease(T provider) {
            SwapPoint<T> point = new SwapPoint<>("storage");
            point.add("memory", 0, provider);
            return point.acquire();
        }

        @Override
        public void onChange(Runnable listener) {
            // These providers never change.
        }

        @Override
        public void removeListener(Runnable listener) {
            // These providers never change.
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
