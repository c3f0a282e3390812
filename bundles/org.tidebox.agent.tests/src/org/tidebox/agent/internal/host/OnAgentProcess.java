package org.tidebox.agent.internal.host;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Agent;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.Home;
import org.tidebox.agent.internal.folders.FakeDatabase;
import org.tidebox.agent.internal.folders.FakeEngine;
import org.tidebox.agent.internal.folders.FakeWatchers;
import org.tidebox.agent.internal.folders.FolderEngine;
import org.tidebox.agent.internal.rules.RuleServices;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeDetectorRegistry;
import org.tidebox.wire.JoinCode;

/** The whole agent, reached over its control socket, with a fake engine, watcher, database and server. */
abstract class OnAgentProcess {
    static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path temporary;
    final FakeDatabase database = new FakeDatabase();
    final FakeServer server = new FakeServer();
    final FakeWatchers watchers = new FakeWatchers();
    final Map<Path, FakeEngine> engines = new ConcurrentHashMap<>();
    final ControlApis apis = new ControlApis();
    final AtomicInteger ends = new AtomicInteger();
    FakeWatchers.FakeWatcher firstWatcher;
    Path documents;
    AgentProcess process;
    ControlConnection connection;

    @BeforeEach
    final void prepare() throws Exception {
        firstWatcher = watchers.add("first", 1);
        watchers.add("second", 0);
        documents = Files.createDirectories(temporary.toRealPath().resolve("documents"));
        start(false);
    }

    @AfterEach
    final void stop() {
        connection.close();
        process.close();
    }

    final Agent agent() {
        return connection.api(Agent.class);
    }

    final AgentEvents events() {
        return connection.api(AgentEvents.class);
    }

    final void join() throws AgentException {
        agent().join(
                new JoinCode(FakeServer.ADDRESS.toString(), FakeServer.ADDRESS.fingerprint(), FakeServer.JOIN_SECRET)
                        .text(),
                "laptop");
    }

    final void start(boolean ending) throws Exception {
        process = open(ending);
        connection = ControlClient.connectTo(temporary.resolve("home"));
    }

    final AgentProcess open(boolean ending) throws Exception {
        FolderEngine.Factory factory = (folder, root, trees, remote, device, listener) -> {
            FakeEngine engine = engines.computeIfAbsent(root, key -> new FakeEngine());
            engine.listener = listener;
            return engine;
        };
        AgentServices services = new AgentServices(database, server, watchers, null,
                new RuleServices(OnAgentProcess::types, null));
        CopyOnWriteArrayList<FeaturePoint> features = new CopyOnWriteArrayList<>(List.of(watchers.point));
        return AgentProcess.open(new Home(temporary.resolve("home"), false), ending,
                new AgentProcess.Parts(services, features, apis, factory, temporary, "computer"),
                ends::incrementAndGet);
    }

    /** Two extensions are known, and nothing of contents. */
    private static Lease<TypeDetector> types() {
        SwapPoint<TypeDetector> point = new SwapPoint<>(TypeDetectorRegistry.POINT);
        point.add("fake", 0, new TypeDetector() {
            @Override
            public Optional<String> ofExtension(String extension) {
                return Optional.ofNullable(Map.of("jpg", "image/jpeg", "odt", "text/x-odt").get(extension));
            }

            @Override
            public Optional<String> ofContent(InputStream content) {
                return Optional.empty();
            }

            @Override
            public Set<String> extensions(String type) {
                return Set.of();
            }

            @Override
            public boolean knows(String type) {
                return false;
            }
        });
        return point.acquire();
    }
}
