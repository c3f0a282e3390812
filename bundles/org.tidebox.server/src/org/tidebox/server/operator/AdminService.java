package org.tidebox.server.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.data.ServerStartException;

/**
 * Serves {@link ServerAdmin} on the control socket of the data folder from when the data are open. A transient process
 * ends when the last caller has gone, or when none comes for a while.
 */
public class AdminService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminService.class);
    private static final Duration LONELY = Duration.ofSeconds(30);

    private final TideboxServer server;
    private final ServerProcess process;
    private final LocalAdmin admin;
    private final boolean isTransient;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("tidebox-admin").unstarted(task));
    private final Future<?> starting;
    private volatile ControlServer control;

    /** Begins to serve as soon as the data are open. */
    public AdminService(TideboxServer server, ServerFeatures features, ServerProcess process) {
        this.server = server;
        this.process = process;
        this.isTransient = server.data().location().isTransient();
        this.admin = new LocalAdmin(server, features);
        this.starting = worker.submit(this::start);
    }

    /** Listens no more. */
    @Override
    public void close() {
        starting.cancel(true);
        worker.shutdown();
        if (control != null) {
            control.close();
        }
    }

    private void start() {
        try {
            server.data().awaitOpen();
        } catch (ServerStartException e) {
            LOG.debug("No commands: {}", e.getMessage());
            return;
        }
        try {
            Path socket = ControlSocket.of(server.data().folder());
            ControlServer made = new ControlServer(socket).serve(new ControlApi<>(ServerAdmin.class, admin));
            made.onIdle(this::stopIfTransient);
            made.start();
            control = made;
        } catch (IOException | RuntimeException e) {
            process.failed(new ServerStartException(ServerStartException.FAILED,
                    "Operator commands cannot reach this process: " + e.getMessage()));
            return;
        }
        if (isTransient) {
            process.ready("ready for commands");
            worker.schedule(this::stopIfLonely, LONELY.toSeconds(), TimeUnit.SECONDS);
        } else if ("root".equals(System.getProperty("user.name"))) {
            LOG.warn("The server runs as root, so who breaks into it owns this computer; start it as a user of its own,"
                    + " to whom {} belongs", server.data().folder());
        }
    }

    private void stopIfLonely() {
        if (control.callerCount() == 0) {
            stopIfTransient();
        }
    }

    private void stopIfTransient() {
        if (isTransient) {
            process.finished();
        }
    }
}
