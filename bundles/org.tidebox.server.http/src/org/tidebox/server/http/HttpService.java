package org.tidebox.server.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.http.front.FrontLimits;
import org.tidebox.server.http.front.HttpFront;
import org.tidebox.server.tls.PublicAddress;
import org.tidebox.server.tls.TlsIdentity;
import org.tidebox.storage.StorageException;

/**
 * Serves devices until it is closed. It starts in the background: Jetty is put together while the data folder opens.
 */
public class HttpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TideboxServer server;
    private final Router router;
    private final ServerProcess process;
    private final Thread starting;
    private volatile HttpFront front;
    private volatile boolean closing;

    /** Begins to start, unless the process serves no devices. */
    public HttpService(TideboxServer server, Router router, ServerProcess process) {
        this.server = server;
        this.router = router;
        this.process = process;
        this.starting = Thread.ofPlatform().daemon().name("tidebox-http-start").unstarted(this::start);
        if (!server.data().location().isTransient()) {
            starting.start();
        }
    }

    /** Ends the event streams, lets requests end for some seconds, and listens no more. */
    @Override
    public void close() {
        closing = true;
        try {
            starting.interrupt();
            starting.join();
            server.events().endAll();
            if (front != null) {
                front.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop cleanly: {}", e.getMessage());
        }
    }

    private void start() {
        ServerLocation location = server.data().location();
        try {
            HttpFront made = new HttpFront(router, location.host(), location.port(), server.requests(),
                    FrontLimits.of(location.options()));
            if (!isDone(server.data()::awaitFolder)) {
                return;
            }
            TlsIdentity identity = TlsIdentity.open(location, server.clock());
            made.use(identity);
            if (!isDone(server.data()::awaitOpen)) {
                return;
            }
            if (!router.await(ApiPaths.API, PATIENCE)) {
                LOG.warn("Not all paths of the protocol have their servlet yet");
            }
            made.start();
            front = made;
            PublicAddress address = PublicAddress.of(location, made.port(), identity.fingerprint());
            address.store(server.data());
            process.ready("ready " + address.url() + " fingerprint " + identity.fingerprint());
        } catch (ServerStartException e) {
            fail(e);
        } catch (StorageException | RuntimeException e) {
            LOG.error("The server cannot start", e);
            fail(new ServerStartException(ServerStartException.FAILED, "The server cannot start: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a step of the data folder; when it fails, that has been told already. */
    private static boolean isDone(DataStep step) {
        try {
            step.await();
            return true;
        } catch (ServerStartException e) {
            LOG.debug("Not serving: {}", e.getMessage());
            return false;
        }
    }

    private void fail(ServerStartException reason) {
        if (!closing) {
            process.failed(reason);
        }
    }

    @FunctionalInterface
    private interface DataStep {
        void await() throws ServerStartException;
    }
}
