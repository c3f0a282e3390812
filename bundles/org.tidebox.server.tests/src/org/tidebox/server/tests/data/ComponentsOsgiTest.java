package org.tidebox.server.tests.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.auth.password.PasswordAuthenticator;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.endpoint.InfoEndpoint;
import org.tidebox.server.journal.Libraries;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.ComponentServer;
import org.tidebox.server.tests.TestServer;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageRegistry;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Routes;

/** The server as its components make it up, and what happens to requests while parts of it are exchanged. */
@Tag("P4")
@Timeout(120)
class ComponentsOsgiTest {
    private static final Bundle PACKS = FrameworkUtil.getBundle(FilePackStoreProvider.class);
    private static final Bundle METADATA = FrameworkUtil.getBundle(JdbcMetadataStoreProvider.class);
    /** A swap point waits ten seconds for users that do not let go; who gets near that has met one. */
    private static final Duration LET_GO = Duration.ofSeconds(8);
    private static final Bundle PASSWORDS = FrameworkUtil.getBundle(PasswordAuthenticator.class);
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final int EXCHANGES = 2;

    @TempDir
    static Path data;
    private static ComponentServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new ComponentServer(data);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void startAll() throws BundleException {
        for (Bundle provider : List.of(PACKS, METADATA, PASSWORDS)) {
            provider.start();
        }
    }

    @Test
    void allComponentsAreActive() {
        ServiceComponentRuntime runtime = ComponentServer.service(ServiceComponentRuntime.class);
        Bundle[] bundles = Stream.of(TideboxServer.class, ApiEndpoint.class, AuthenticatorRegistry.class,
                PasswordAuthenticator.class, StorageRegistry.class, FilePackStoreProvider.class,
                JdbcMetadataStoreProvider.class).map(FrameworkUtil::getBundle).toArray(Bundle[]::new);

        Collection<ComponentDescriptionDTO> components = runtime.getComponentDescriptionDTOs(bundles);

        assertThat(components).hasSizeGreaterThan(20);
        assertThat(components.stream().map(component -> component.bundle.symbolicName).distinct())
                .hasSameSizeAs(bundles);
        await().atMost(LONG).untilAsserted(() -> assertThat(components).allSatisfy(component -> assertThat(
                runtime.getComponentConfigurationDTOs(component)).as(component.name)
                .extracting(configuration -> configuration.state).containsExactly(ComponentConfigurationDTO.ACTIVE)));
    }

    @Test
    void operatorSeesAllSwapPoints() throws Exception {
        assertThat(server.admin.api(ServerAdmin.class).features()).filteredOn(status -> status.active() != null)
                .containsExactly(
                        new FeatureStatus("auth", "password", List.of("password")),
                        new FeatureStatus("delta", "fastcdc", List.of("fastcdc")),
                        new FeatureStatus("storage.metadata", "jdbc", List.of("jdbc")),
                        new FeatureStatus("storage.packs", "file", List.of("file")));
    }

    @Test
    void noAcknowledgedCommitIsLostWhileStorageIsExchanged() throws Exception {
        List<Uploading> devices = List.of(new Uploading(server, "ada"), new Uploading(server, "grace"));
        List<CompletableFuture<Void>> running = devices.stream().map(CompletableFuture::runAsync).toList();
        for (int i = 0; i < EXCHANGES; i++) {
            exchange(devices, PACKS);
            exchange(devices, METADATA);
            exchange(devices, PACKS, METADATA);
            exchange(devices, METADATA, PACKS);
            offerOtherPacks(devices);
        }
        devices.forEach(Uploading::end);
        for (CompletableFuture<Void> device : running) {
            device.get(60, TimeUnit.SECONDS);
        }
        for (Uploading device : devices) {
            assertThat(device.acknowledged).hasSizeGreaterThan(EXCHANGES * 10);
            assertThat(stored(device)).isEqualTo(device.acknowledged);
        }
    }

    @Test
    void upkeepGoesOnWhileStorageIsExchanged() throws Exception {
        List<Uploading> devices = List.of(new Uploading(server, "alan"));
        List<CompletableFuture<Void>> running = devices.stream().map(CompletableFuture::runAsync).toList();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger rounds = new AtomicInteger();
        CompletableFuture<Void> looking = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                lookAfter();
                rounds.incrementAndGet();
            }
        });
        for (int i = 0; i < EXCHANGES; i++) {
            int before = rounds.get();
            exchange(devices, PACKS);
            exchange(devices, METADATA);
            await().atMost(LONG).until(() -> rounds.get() > before || looking.isDone());
        }
        done.set(true);
        looking.get(60, TimeUnit.SECONDS);
        devices.forEach(Uploading::end);
        running.getFirst().get(60, TimeUnit.SECONDS);
        assertThat(stored(devices.getFirst())).isEqualTo(devices.getFirst().acknowledged);
        assertThat(server.admin.api(ServerAdmin.class).check(false).findings()).isEmpty();
    }

    private static void lookAfter() {
        try {
            assertThat(server.admin.api(ServerAdmin.class).gc(48).problems()).isEmpty();
            assertThat(server.admin.api(ServerAdmin.class).scrub().findings()).isEmpty();
            assertThat(server.admin.api(ServerAdmin.class).check(false).findings()).isEmpty();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noLoginIsLostWhilePasswordsAreExchanged() throws Exception {
        server.join("edsger");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger logins = new AtomicInteger();
        CompletableFuture<Void> device = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                assertThat(server.login("edsger")).isNotBlank();
                logins.incrementAndGet();
            }
        });
        for (int i = 0; i < EXCHANGES; i++) {
            int before = logins.get();
            PASSWORDS.stop();
            PASSWORDS.start();
            await().atMost(LONG).until(() -> logins.get() > before + 1 || device.isDone());
        }
        done.set(true);
        device.get(20, TimeUnit.SECONDS);
    }

    @Test
    void endpointComesAndGoesWhileOthersServe() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                assertThat(status(Routes.INFO)).isEqualTo(200);
                answered.incrementAndGet();
            }
        });
        for (int i = 0; i < 10; i++) {
            String path = "/api/v1/test" + i;
            assertThat(status(path)).isEqualTo(404);
            int before = answered.get();
            ServiceRegistration<Servlet> endpoint = ComponentServer.CONTEXT.registerService(Servlet.class,
                    new InfoEndpoint(), new Hashtable<>(Map.of(ApiEndpoint.PATH, path)));
            assertThat(status(path)).isEqualTo(200);
            await().atMost(LONG).until(() -> answered.get() > before || others.isDone());
            endpoint.unregister();
        }
        done.set(true);
        others.get(20, TimeUnit.SECONDS);
    }

    @Test
    void endpointThatGoesFinishesItsRequestAndItsSuccessorServesTheNext() throws Exception {
        String path = "/api/v1/slow";
        Slow slow = new Slow();
        Map<String, String> place = Map.of(ApiEndpoint.PATH, path);
        ServiceRegistration<Servlet> first = ComponentServer.CONTEXT.registerService(Servlet.class, slow,
                new Hashtable<>(place));
        CompletableFuture<Integer> request = CompletableFuture.supplyAsync(() -> status(path));
        slow.entered.await();
        CompletableFuture<Void> going = CompletableFuture.runAsync(first::unregister);
        await().atMost(LONG).until(() -> first(path) == null);
        CompletableFuture<Integer> next = CompletableFuture.supplyAsync(() -> status(path));
        assertThat(status(Routes.INFO)).isEqualTo(200);
        assertThat(going).isNotDone();
        slow.leave.countDown();
        assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo(202);
        going.get(10, TimeUnit.SECONDS);
        assertThat(next).isNotDone();
        ServiceRegistration<Servlet> second = ComponentServer.CONTEXT.registerService(Servlet.class,
                new InfoEndpoint(), new Hashtable<>(place));
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        second.unregister();
    }

    @Test
    void servletWithoutPathIsSkipped() {
        ServiceRegistration<Servlet> lost = ComponentServer.CONTEXT.registerService(Servlet.class, new InfoEndpoint(),
                new Hashtable<>(Map.of(ApiEndpoint.PATH, "no path")));
        assertThat(status(Routes.INFO)).isEqualTo(200);
        lost.unregister();
    }

    /** Stops the bundles of providers while uploads run, and starts them again. */
    private static void exchange(List<Uploading> devices, Bundle... providers) throws Exception {
        devices.forEach(Uploading::awaitMore);
        for (Bundle provider : providers) {
            long begin = System.nanoTime();
            provider.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("time to stop " + provider).isLessThan(LET_GO);
        }
        for (Bundle provider : providers) {
            provider.start();
        }
        devices.forEach(Uploading::awaitMore);
    }

    /** Another provider, at the same place, is better for a while. */
    private static void offerOtherPacks(List<Uploading> devices) throws Exception {
        ServiceRegistration<PackStoreProvider> other = ComponentServer.CONTEXT.registerService(PackStoreProvider.class,
                new FilePackStoreProvider(),
                new Hashtable<>(Map.of(PackStoreProvider.PROVIDER, "other", "service.ranking", 5)));
        devices.forEach(Uploading::awaitMore);
        other.unregister();
        devices.forEach(Uploading::awaitMore);
    }

    /** What a device finds on the server: file names and the chunks that they consist of, each of them read. */
    private static Map<String, ChunkId> stored(Uploading device) throws Exception {
        TideboxServer core = ComponentServer.service(TideboxServer.class);
        Session session = core.sessions().check(device.token, TestServer.ADDRESS);
        LibraryId library = device.library;
        List<Node> nodes = new ArrayList<>();
        ChangePage page;
        do {
            page = core.libraries().changes(session, library, nodes.size(), null, Libraries.MAX_PAGE);
            nodes.addAll(page.nodes());
        } while (page.upTo() < page.head());
        assertThat(nodes).extracting(Node::sequence)
                .containsExactlyElementsOf(Stream.iterate(1L, n -> n + 1).limit(nodes.size()).toList());
        Map<String, ChunkId> found = new TreeMap<>();
        for (Node node : nodes) {
            ChunkId id = node.recipe().entries().getFirst().id();
            core.transfers().fetch(session, library, new ChunkIds(List.of(id)),
                    (chunk, level) -> found.put(node.name(), chunk.id()));
        }
        return found;
    }

    private static Object first(String path) throws Exception {
        return ComponentServer.CONTEXT.getServiceReferences(Servlet.class, "(" + ApiEndpoint.PATH + "=" + path + ")")
                .stream().findFirst().orElse(null);
    }

    private static int status(String path) {
        try {
            HttpResponse<byte[]> response = server.get(path, null);
            return response.statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static final class Slow extends ApiEndpoint {
        private static final long serialVersionUID = 1L;
        final transient CountDownLatch entered = new CountDownLatch(1);
        final transient CountDownLatch leave = new CountDownLatch(1);

        @Override
        protected void get(ApiExchange exchange) throws IOException {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.write(HttpServletResponse.SC_ACCEPTED, new ServerInfo("tidebox", "slow", List.of()));
        }
    }
}
