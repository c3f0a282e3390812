package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.internal.folders.BusyFolder;
import org.tidebox.auth.password.PasswordAuthenticator;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.delta.fixed.FixedChunker;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.SystemTime;
import org.tidebox.remote.ServerConnection;
import org.tidebox.remote.ServerConnector;
import org.tidebox.server.http.HttpService;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.http.HttpConnector;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.WatcherRegistry;
import org.tidebox.watch.nio.NioWatcher;
import org.tidebox.watch.polling.PollingWatcher;

/**
 * Two agents and a server, all of them real and in one framework, keep a folder the same while the providers that they
 * use are taken away and put back.
 */
@Tag("P4")
@Timeout(180)
class ReplaceProviderOsgiTest {
    /** What the test needs although no code asks for it: these bundles offer services to all others. */
    private static final List<Class<?>> PROVIDERS = List.of(HttpService.class, FilePackStoreProvider.class,
            JdbcMetadataStoreProvider.class, PasswordAuthenticator.class, DerbyClientDatabaseProvider.class,
            HttpConnector.class, FastCdcChunker.class, FixedChunker.class, NioWatcher.class, PollingWatcher.class);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int FILES_PER_STEP = 80;
    private static final int ROUNDS = 3;

    @TempDir
    static Path temporary;
    private static FrameworkServer server;
    private static FrameworkDevice laptop;
    private static FrameworkDevice tower;

    private final FeaturePoint delta = point(ChunkerRegistry.POINT);
    private final FeaturePoint watch = point(WatcherRegistry.POINT);
    private BusyFolder here;
    private Path there;
    private String library;

    /** Replaces something while files are written. */
    private interface Step {
        void perform() throws Exception;
    }

    @BeforeAll
    static void open() throws Exception {
        assertThat(PROVIDERS).doesNotContainNull();
        server = new FrameworkServer(temporary.resolve("server"));
        laptop = new FrameworkDevice(temporary.resolve("laptop"), server.invite(), "laptop");
        tower = new FrameworkDevice(temporary.resolve("tower"), server.invite(), "tower");
    }

    @AfterAll
    static void close() {
        tower.close();
        laptop.close();
        server.close();
    }

    @BeforeEach
    void bind(TestInfo test) throws Exception {
        library = test.getTestMethod().orElseThrow().getName();
        Path root = Files.createDirectories(temporary.resolve(library));
        here = new BusyFolder(Files.createDirectory(root.resolve("here")), library.hashCode());
        there = Files.createDirectory(root.resolve("there"));
        laptop.agent.addFolder(here.root.toString(), library, false);
        tower.agent.addFolder(there.toString(), library, false);
        await().atMost(LONG).until(() -> laptop.report(here.root).activity() == FolderActivity.UP_TO_DATE);
    }

    @AfterEach
    void unbind() throws Exception {
        laptop.agent.removeFolder(here.root.toString());
        tower.agent.removeFolder(there.toString());
        RunningFramework.start(FastCdcChunker.class, delta, FastCdcChunker.NAME);
        RunningFramework.start(FixedChunker.class, delta, FixedChunker.NAME);
        RunningFramework.start(NioWatcher.class, watch, NioWatcher.NAME);
        RunningFramework.start(PollingWatcher.class, watch, PollingWatcher.NAME);
        RunningFramework.forgetChoice(delta, Chunker.class, new OwnChunker(), Chunker.PROVIDER);
        RunningFramework.forgetChoice(watch, Watcher.class, new PollingWatcher(LONG, SystemTime.clock()),
                Watcher.PROVIDER);
    }

    @Test
    void nothingIsLostWhileChunkersAreReplaced() throws Exception {
        OwnChunker own = new OwnChunker();
        List<ServiceRegistration<Chunker>> offered = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            during(() -> RunningFramework.stop(FastCdcChunker.class));
            during(() -> RunningFramework.start(FastCdcChunker.class, delta, FastCdcChunker.NAME));
            during(() -> offered.add(RunningFramework.register(Chunker.class, own,
                    Map.of(Chunker.PROVIDER, OwnChunker.NAME, "service.ranking", 100))));
            during(() -> delta.use(OwnChunker.NAME));
            await().atMost(LONG).until(() -> own.cuts.get() > 0);
            during(() -> offered.removeLast().unregister());
            during(() -> delta.use(FixedChunker.NAME));
            during(() -> RunningFramework.stop(FixedChunker.class));
            during(this::noChunkerForAMoment);
            during(() -> delta.use(FastCdcChunker.NAME));
            own.cuts.set(0);
        }
        assertSameOnBothSides();
        for (String name : List.of(FixedChunker.NAME, FastCdcChunker.NAME)) {
            delta.use(name);
            here.write("cut by " + name);
            assertArrives("cut by " + name);
            assertThat(chunkers()).containsEntry("cut by " + name, name);
        }
        assertThat(chunkers()).containsValue(OwnChunker.NAME);
        assertThat(here.count()).isGreaterThan(2000);
    }

    @Test
    void nothingIsMissedWhileWatchersAreReplaced() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            during(() -> watch.use(PollingWatcher.NAME));
            during(() -> RunningFramework.stop(PollingWatcher.class));
            during(() -> RunningFramework.start(PollingWatcher.class, watch, PollingWatcher.NAME));
            during(() -> watch.use(NioWatcher.NAME));
            during(() -> RunningFramework.stop(NioWatcher.class));
            during(this::noWatcherForAMoment);
            during(() -> RunningFramework.start(NioWatcher.class, watch, NioWatcher.NAME));
            during(() -> RunningFramework.stop(NioWatcher.class));
            during(() -> RunningFramework.start(NioWatcher.class, watch, NioWatcher.NAME));
        }
        assertSameOnBothSides();
        for (String name : List.of(PollingWatcher.NAME, NioWatcher.NAME)) {
            watch.use(name);
            await().atMost(LONG).until(() -> isWatchedBy(name) && isIdle());
            here.write("seen by " + name);
            assertArrives("seen by " + name);
        }
        assertThat(here.count()).isGreaterThan(2000);
    }

    @Test
    void featureListShowsAllPointsWithTheirProviders() throws Exception {
        assertThat(laptop.agent.features()).isEqualTo(tower.agent.features()).containsExactly(
                new FeatureStatus("auth", "password", List.of("password")),
                new FeatureStatus("delta", "fastcdc", List.of("fastcdc", "fixed")),
                new FeatureStatus("rules.ignore", "ignorefile", List.of("ignorefile")),
                new FeatureStatus("rules.types", "tika", List.of("tika")),
                new FeatureStatus("storage.metadata", "jdbc", List.of("jdbc")),
                new FeatureStatus("storage.packs", "file", List.of("file")),
                new FeatureStatus("watch", "nio", List.of("nio", "polling")));
        assertThat(laptop.agent.useFeature("watch", "polling").active()).isEqualTo("polling");
        await().atMost(LONG).until(() -> isWatchedBy("polling"));
    }

    private void noChunkerForAMoment() throws Exception {
        RunningFramework.stop(FastCdcChunker.class);
        assertThat(delta.status().providers()).isEmpty();
        RunningFramework.start(FixedChunker.class, delta, FixedChunker.NAME);
        RunningFramework.start(FastCdcChunker.class, delta, FastCdcChunker.NAME);
    }

    private void noWatcherForAMoment() throws Exception {
        RunningFramework.stop(PollingWatcher.class);
        assertThat(watch.status().providers()).isEmpty();
        RunningFramework.start(PollingWatcher.class, watch, PollingWatcher.NAME);
    }

    /** Writes files while the step is performed, and returns when some of them have reached the server. */
    private void during(Step step) throws Exception {
        long before = laptop.report(here.root).totals().filesUp();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> here.write(FILES_PER_STEP));
        step.perform();
        writing.get(30, TimeUnit.SECONDS);
        await().atMost(LONG).pollInterval(Duration.ofMillis(20))
                .until(() -> laptop.report(here.root).totals().filesUp() > before);
    }

    private void assertSameOnBothSides() throws Exception {
        Map<String, String> written = BusyFolder.contents(here.root);
        assertThat(written).hasSize(here.count());
        await().atMost(LONG).until(() -> tower.report(there).entries() >= laptop.report(here.root).entries()
                && isIdle() && tower.report(there).sequence() == laptop.report(here.root).head());
        await().atMost(LONG).pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(BusyFolder.contents(there)).isEqualTo(written));
        assertThat(BusyFolder.contents(here.root)).isEqualTo(written);
        await().atMost(LONG).until(this::isIdle);
        for (FolderReport report : List.of(laptop.report(here.root), tower.report(there))) {
            assertThat(report.problems()).isEmpty();
            assertThat(report.conflicts()).isEmpty();
            assertThat(report.message()).isNull();
        }
    }

    private void assertArrives(String name) throws IOException {
        byte[] written = Files.readAllBytes(here.root.resolve(name));
        await().atMost(LONG).until(() -> Files.exists(there.resolve(name)));
        assertThat(there.resolve(name)).hasBinaryContent(written);
    }

    private boolean isIdle() throws Exception {
        return laptop.report(here.root).activity() == FolderActivity.UP_TO_DATE
                && tower.report(there).activity() == FolderActivity.UP_TO_DATE;
    }

    private boolean isWatchedBy(String name) throws Exception {
        return name.equals(laptop.report(here.root).watcher()) && name.equals(tower.report(there).watcher());
    }

    /** Returns by which chunker each file of the library was cut, as the server knows it. */
    private Map<String, String> chunkers() throws Exception {
        ServerConnector connector = RunningFramework.service(ServerConnector.class);
        String token = connector.login(server.address(), FrameworkServer.ACCOUNT,
                FrameworkServer.PASSWORD.toCharArray(), "observer").token();
        try (ServerConnection connection = connector.connect(server.address(), token)) {
            Library found = connection.createLibrary(library, LibraryKind.SYNC);
            Map<String, String> chunkers = new TreeMap<>();
            long since = 0;
            while (since < found.head()) {
                ChangePage page = connection.changes(found.id(), since, null);
                for (Node node : page.nodes()) {
                    if (node.recipe() != null) {
                        chunkers.put(node.name(), node.recipe().chunker());
                    }
                }
                since = page.upTo();
            }
            return chunkers;
        }
    }

    private static FeaturePoint point(String name) {
        try {
            return RunningFramework.point(name);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A third way to cut, as somebody else's bundle might bring it. */
    private static final class OwnChunker implements Chunker {
        static final String NAME = "own";
        final AtomicInteger cuts = new AtomicInteger();

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public int maxLength() {
            return 100_000;
        }

        @Override
        public int cut(byte[] data, int from, int to) {
            cuts.incrementAndGet();
            return Math.min(maxLength(), to - from);
        }
    }
}
