package org.tidebox.server.tests;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlSocket;
import org.tidebox.feature.SystemTime;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.tls.TlsIdentity;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.Routes;

/**
 * The server of the running framework: nothing but the two services that the product makes of its command line, from
 * which all components follow.
 */
public final class ComponentServer implements AutoCloseable {
    public static final BundleContext CONTEXT = FrameworkUtil.getBundle(ComponentServer.class).getBundleContext();
    private static final Duration LONG = Duration.ofSeconds(30);

    public final ServerLocation location;
    public final ControlConnection admin;
    private final TestProcess process = new TestProcess();
    private final ServiceRegistration<ServerProcess> processService;
    private final ServiceRegistration<ServerLocation> locationService;
    private final URI base;
    private final HttpClient client;

    public ComponentServer(Path data) throws Exception {
        location = ServerLocation.parse(
                List.of("server", "run", "--data", data.toString(), "--host", "127.0.0.1", "--port", "0"));
        processService = CONTEXT.registerService(ServerProcess.class, process, null);
        locationService = CONTEXT.registerService(ServerLocation.class, location, null);
        base = URI.create(process.awaitReady().split(" ")[1]);
        client = HttpServer.client(HttpServer.trust(TlsIdentity.open(location, SystemTime.clock())),
                HttpClient.Version.HTTP_2);
        Path socket = ControlSocket.of(data);
        await().atMost(LONG).until(() -> Files.exists(socket));
        admin = ControlClient.connectTo(data);
    }

    /** Returns a service that is there, or will be soon. */
    public static <T> T service(Class<T> type) {
        ServiceReference<T> reference = await().atMost(LONG).until(() -> CONTEXT.getServiceReference(type),
                found -> found != null);
        return CONTEXT.getService(reference);
    }

    /** Adds a person and logs a device in; returns its token. */
    public String join(String account) throws Exception {
        await().atMost(LONG).until(() -> admin.api(ServerAdmin.class).features().stream().anyMatch(
                status -> status.point().equals("auth") && status.active() != null));
        admin.api(ServerAdmin.class).addAccount(account, TestServer.PASSWORD);
        return login(account);
    }

    /** Logs a device in; returns its token. */
    public String login(String account) {
        try {
            byte[] login = Codec.write(new Login(account, TestServer.PASSWORD, "laptop"), Routes.JSON);
            return HttpServer.read(post(Routes.LOGIN, null, Routes.JSON, login), Welcome.class).token();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public HttpResponse<byte[]> get(String path, String token) throws Exception {
        return send(request(path, token).GET());
    }

    public HttpResponse<byte[]> post(String path, String token, String type, byte[] body) throws Exception {
        return send(request(path, token).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    @Override
    public void close() {
        admin.close();
        client.shutdownNow();
        locationService.unregister();
        processService.unregister();
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(LONG).build(), BodyHandlers.ofByteArray());
    }
}
