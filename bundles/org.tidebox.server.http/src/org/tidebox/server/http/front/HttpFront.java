package org.tidebox.server.http.front;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.BindException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.tls.TlsIdentity;

/**
 * Jetty as this server needs it: HTTP/2 and HTTP/1.1 over TLS 1.3 on one port, a virtual thread for each request, small
 * buffers, no word about itself.
 */
public final class HttpFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int MAX_HEADER_BYTES = 8 << 10;
    private static final int OUTPUT_BUFFER = 32 << 10;
    /** Long bodies come over HTTP/1.1, and so several records of TLS at once. */
    private static final int INPUT_BUFFER = 64 << 10;
    private static final int PLATFORM_THREADS = 16;
    private static final long IDLE_MILLIS = 60_000;
    /** Less than a process has that was told to end. */
    private static final long STOP_MILLIS = 7_000;
    private static final long MAX_POOLED_HEAP = 16 << 20;
    private static final long MAX_POOLED_DIRECT = 32 << 20;

    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService sweeps = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("tidebox-http-sweep").factory());
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private final Peers peers;
    private final Server server;
    private final ServerConnector connector;
    private final String host;

    /**
     * Puts everything together without listening yet.
     *
     * @param router answers all requests
     * @param host the name or address to listen on, or {@code null} for all addresses
     * @param port the port to listen on, 0 for any free one
     * @param requests counts what comes
     * @param limits what the other ends of connections may take of the server
     */
    public HttpFront(Servlet router, String host, int port, LongAdder requests, FrontLimits limits) {
        this.host = host;
        this.peers = new Peers(limits, System::nanoTime);
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
        threads.setName("tidebox-http");
        threads.setVirtualThreadsExecutor(virtualThreads);
        this.server = new Server(threads, null,
                new ArrayByteBufferPool(0, -1, -1, -1, MAX_POOLED_HEAP, MAX_POOLED_DIRECT));
        this.connector = connector(host, port);
        server.addConnector(connector);
        ProblemErrorHandler errors = new ProblemErrorHandler();
        server.setErrorHandler(errors);
        server.setHandler(new CountingHandler(requests, new PeerHandler(peers, context(router, errors))));
        server.setStopTimeout(STOP_MILLIS);
    }

    /**
     * Takes the certificate to show. It does not change once the server listens.
     *
     * @throws ServerStartException if it cannot be used
     */
    public void use(TlsIdentity identity) throws ServerStartException {
        tls.setKeyStore(identity.keys());
        tls.setKeyStorePassword(new String(identity.password()));
        try {
            // Without a store of trusted authorities, Java would read all that it knows, for clients that show none.
            KeyStore nobody = KeyStore.getInstance(KeyStore.getDefaultType());
            nobody.load(null, null);
            tls.setTrustStore(nobody);
            tls.start();
        } catch (Exception e) {
            throw new ServerStartException(ServerStartException.FAILED, "The server's certificate cannot be used: "
                    + e.getMessage());
        }
    }

    /**
     * Begins to listen.
     *
     * @throws ServerStartException if the port or address cannot be had
     */
    public void start() throws ServerStartException {
        try {
            server.start();
            sweeps.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new ServerStartException(ServerStartException.FAILED, "Cannot listen on "
                    + (host == null ? "any address" : host)
                    + ", port " + connector.getPort() + " (" + reason(e) + "); choose others with --host and --port");
        } catch (Exception e) {
            throw new ServerStartException(ServerStartException.FAILED, "The HTTP server cannot start: "
                    + e.getMessage());
        }
    }

    /** Returns the port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Listens no more, lets requests end for some seconds, then cuts off what is left. */
    @Override
    public void close() throws Exception {
        try {
            server.stop();
        } finally {
            sweeps.shutdownNow();
            virtualThreads.shutdown();
        }
    }

    /** What fails once must not end all sweeps after it. */
    private void sweep() {
        try {
            peers.sweep();
        } catch (RuntimeException e) {
            LOG.error("Looking after the connections failed; it is tried again", e);
        }
    }

    private ServerConnector connector(String host, int port) {
        HttpConfiguration http = new HttpConfiguration();
        // A name may hold a percent sign or a backslash. Slashes within names stay refused, as all that is read in two ways.
        http.setUriCompliance(UriCompliance.DEFAULT.with("names", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setResponseHeaderSize(MAX_HEADER_BYTES);
        http.setOutputBufferSize(OUTPUT_BUFFER);
        // Devices know this server by its certificate's fingerprint; the name they call it by need not stand in it.
        http.addCustomizer(new SecureRequestCustomizer(false));
        Http2Front http2 = new Http2Front(http);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        http1.setInputBufferSize(INPUT_BUFFER);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        tls.setIncludeProtocols("TLSv1.3");
        ServerConnector made = new FrontConnector(server, peers, new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn, http2, http1);
        made.setHost(host);
        made.setPort(port);
        made.setIdleTimeout(IDLE_MILLIS);
        return made;
    }

    private static ServletContextHandler context(Servlet router, ProblemErrorHandler errors) {
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
        context.setContextPath("/");
        context.setErrorHandler(errors);
        ServletHolder holder = new ServletHolder("router", router);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        return context;
    }

    private static String reason(IOException e) {
        Throwable cause = e.getCause() instanceof BindException bind ? bind : e;
        return cause.getMessage();
    }

    /** Counts requests, and when the server stops lets those in flight end. */
    private static final class CountingHandler extends GracefulHandler {
        private final LongAdder requests;

        CountingHandler(LongAdder requests, Handler next) {
            super(next);
            this.requests = requests;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            requests.increment();
            return super.handle(request, response, callback);
        }
    }
}
