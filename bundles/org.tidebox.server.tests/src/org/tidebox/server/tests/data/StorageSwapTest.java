package org.tidebox.server.tests.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.tests.TestStorage;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.ChunkIds;

/** Storage providers are exchanged while uploads run. */
@Tag("P4")
class StorageSwapTest {
    @TempDir
    Path folder;

    @Test
    void uploadsGoOnWhileProvidersAreReplaced() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session session = server.session("ada");
            LibraryId library = server.library(session, "docs");
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger uploads = new AtomicInteger();
            CompletableFuture<Void> device = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    upload(server, session, library, "f" + uploads.get());
                    uploads.incrementAndGet();
                }
            });
            for (int i = 0; i < 2; i++) {
                awaitMore(uploads, device);
                replacePacks(server);
                awaitMore(uploads, device);
                replaceMetadata(server);
            }
            awaitMore(uploads, device);
            done.set(true);
            device.get(20, TimeUnit.SECONDS);

            List<Node> nodes = server.server.libraries().changes(session, library, 0, null, 1000).nodes();
            assertThat(nodes).hasSize(uploads.get());
            for (Node node : nodes) {
                ChunkIds ids = new ChunkIds(List.of(node.recipe().entries().getFirst().id()));
                AtomicInteger fetched = new AtomicInteger();
                server.server.transfers().fetch(session, library, ids, (chunk, level) -> fetched.incrementAndGet());
                assertThat(fetched).hasValue(1);
            }
        }
    }

    @Test
    void upkeepGoesOnWhileProvidersAreReplaced() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session session = server.session("ada");
            LibraryId library = server.library(session, "docs");
            Upkeep upkeep = new Upkeep(server.data, server.clock);
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger rounds = new AtomicInteger();
            CompletableFuture<Void> looking = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    upload(server, session, library, "f" + rounds.get());
                    lookAfter(server, session, upkeep);
                    rounds.incrementAndGet();
                }
            });
            for (int i = 0; i < 10; i++) {
                awaitMore(rounds, looking);
                long began = System.nanoTime();
                replacePacks(server);
                replaceMetadata(server);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).as("nobody waits for somebody who waits")
                        .isLessThan(Duration.ofSeconds(8));
            }
            done.set(true);
            looking.get(60, TimeUnit.SECONDS);
            assertThat(upkeep.scrub().findings()).isEmpty();
        }
    }

    /** Small packs make garbage collection copy, and a rebuild reads within a scan. */
    private static void lookAfter(TestServer server, Session session, Upkeep upkeep) {
        try {
            server.seal(session);
            server.clock.advance(Duration.ofDays(1));
            assertThat(upkeep.gc(Duration.ZERO).problems()).isEmpty();
            assertThat(upkeep.scrub().findings()).isEmpty();
            assertThat(upkeep.check(true).findings()).isEmpty();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void choiceHoldsBeforeTheStoresOpenAtTheNextStart() throws Exception {
        ServerLocation location = new ServerLocation(folder, null, 0, false, Map.of());
        try (TestServer server = new TestServer(location, withOther())) {
            assertThat(server.storage.packs.status().active()).isEqualTo(FilePackStoreProvider.NAME);
            assertThat(server.admin.useFeature(TestStorage.PACKS, "other").active()).isEqualTo("other");
            await().untilAsserted(() -> assertThat(server.admin.listAccounts()).isEmpty());
        }
        try (TestServer server = new TestServer(location, withOther())) {
            assertThat(server.storage.packs.status().active()).isEqualTo("other");
        }
    }

    @Test
    void storesAreOpenedAnewOnlyWhenTheirProviderChanges() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Stores before = stores(server);
            AtomicInteger opened = new AtomicInteger();
            server.storage.packs.add("other", -1, counting(opened));
            server.storage.packs.use(FilePackStoreProvider.NAME);
            server.storage.packs.use("other");
            await().until(() -> stores(server) != before);
            Stores after = stores(server);
            server.storage.packs.use("other");
            server.storage.metadata.use(JdbcMetadataStoreProvider.NAME);
            server.storage.packs.use(FilePackStoreProvider.NAME);
            await().until(() -> stores(server) != after);
            assertThat(opened).hasValue(1);
        }
    }

    private static PackStoreProvider counting(AtomicInteger opened) {
        return new PackStoreProvider() {
            @Override
            public String name() {
                return "other";
            }

            @Override
            public PackStore open(StorageLocation location) throws StorageException {
                opened.incrementAndGet();
                return new FilePackStoreProvider().open(location);
            }
        };
    }

    private static Stores stores(TestServer server) {
        try (Lease<Stores> stores = server.data.acquire()) {
            return stores.get();
        }
    }

    private static TestStorage withOther() {
        TestStorage storage = new TestStorage();
        storage.packs.add("other", -1, new FilePackStoreProvider());
        return storage;
    }

    private static void awaitMore(AtomicInteger uploads, CompletableFuture<Void> device) {
        int before = uploads.get();
        await().until(() -> uploads.get() > before + 1 || device.isDone());
        assertThat(device).isNotDone();
    }

    private static void replacePacks(TestServer server) {
        PackStoreProvider old;
        try (Lease<PackStoreProvider> lease = server.storage.packs.acquire()) {
            old = lease.get();
        }
        server.storage.packs.remove(old);
        server.storage.packs.add(FilePackStoreProvider.NAME, 0, new FilePackStoreProvider());
    }

    private static void replaceMetadata(TestServer server) {
        MetadataStoreProvider old;
        try (Lease<MetadataStoreProvider> lease = server.storage.metadata.acquire()) {
            old = lease.get();
        }
        server.storage.metadata.remove(old);
        server.storage.metadata.add(JdbcMetadataStoreProvider.NAME, 0, new JdbcMetadataStoreProvider());
    }

    private static void upload(TestServer server, Session session, LibraryId library, String name) {
        try {
            Sent chunk = TestServer.chunk(server.bytes(2000));
            Node file = server.file(NodeId.ROOT, name, TestServer.recipe(0, chunk.entry()));
            assertThat(server.upload(session, library, List.of(chunk),
                    new Commit(CommitId.random(server.random), List.of(new Change(0, file)))).commit().outcomes())
                    .allMatch(outcome -> outcome.isAccepted());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
