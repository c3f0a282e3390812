package org.tidebox.sync.http;

import java.net.URI;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.tidebox.remote.ServerAddress;

/** A Jetty with HTTP/2 over TLS, as the real server has, and a test's own handler. */
final class JettyServer implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector;
    private final String fingerprint;

    JettyServer(TestCertificate certificate, Handler handler) throws Exception {
        fingerprint = certificate.fingerprint();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(certificate.serverContext());
        HttpConfiguration http = new HttpConfiguration();
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        secure.setSniHostCheck(false);
        http.addCustomizer(secure);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        connector = new ServerConnector(server, new SslConnectionFactory(tls, "alpn"), alpn,
                new HTTP2ServerConnectionFactory(http), new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
    }

    ServerAddress address() {
        return new ServerAddress(URI.create("https://127.0.0.1:" + connector.getLocalPort()), fingerprint);
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Ends all connections, as servers do with those that are idle. */
    void closeConnections() {
        connector.getConnectedEndPoints().forEach(EndPoint::close);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
