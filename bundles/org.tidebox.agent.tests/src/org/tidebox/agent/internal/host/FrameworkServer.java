package org.tidebox.agent.internal.host;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.ServiceRegistration;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlSocket;
import org.tidebox.remote.ServerAddress;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.data.ServerStartException;

/** A real server in the same framework, over TLS, with one account. */
final class FrameworkServer implements AutoCloseable, ServerProcess {
    static final String ACCOUNT = "ada";
    static final String PASSWORD = "correct horse battery";

    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final ServiceRegistration<ServerProcess> process;
    private final ServiceRegistration<ServerLocation> location;
    private final ControlConnection admin;

    FrameworkServer(Path data) throws Exception {
        process = RunningFramework.register(ServerProcess.class, this, Map.of());
        location = RunningFramework.register(ServerLocation.class, ServerLocation.parse(
                List.of("server", "run", "--data", data.toString(), "--host", "127.0.0.1", "--port", "0")), Map.of());
        ready.get(60, TimeUnit.SECONDS);
        Path socket = ControlSocket.of(data);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(socket));
        admin = ControlClient.connectTo(data);
        await().atMost(Duration.ofSeconds(30)).until(() -> admin.api(ServerAdmin.class).features().stream()
                .anyMatch(status -> status.point().equals("auth") && status.active() != null));
        admin.api(ServerAdmin.class).addAccount(ACCOUNT, PASSWORD);
    }

    /** Returns a join code for a device. */
    String invite() throws Exception {
        return admin.api(ServerAdmin.class).invite(ACCOUNT);
    }

    ServerAddress address() {
        String[] words = ready.join().split(" ");
        return ServerAddress.parse(words[1], words[3].substring(words[3].indexOf(':') + 1));
    }

    @Override
    public void ready(String line) {
        ready.complete(line);
    }

    @Override
    public void failed(ServerStartException reason) {
        ready.completeExceptionally(reason);
    }

    @Override
    public void finished() {
        ready.completeExceptionally(new IllegalStateException("ended"));
    }

    @Override
    public void close() {
        admin.close();
        location.unregister();
        process.unregister();
    }
}
