package org.tidebox.server.tests;

import jakarta.servlet.Servlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.http.HttpService;
import org.tidebox.server.http.Router;
import org.tidebox.server.http.endpoint.ChangesEndpoint;
import org.tidebox.server.http.endpoint.ConfirmedEndpoint;
import org.tidebox.server.http.endpoint.DeletedEndpoint;
import org.tidebox.server.http.endpoint.DevicesEndpoint;
import org.tidebox.server.http.endpoint.EventsEndpoint;
import org.tidebox.server.http.endpoint.FetchEndpoint;
import org.tidebox.server.http.endpoint.FilesEndpoint;
import org.tidebox.server.http.endpoint.FoldersEndpoint;
import org.tidebox.server.http.endpoint.FormerlyEndpoint;
import org.tidebox.server.http.endpoint.HistoryEndpoint;
import org.tidebox.server.http.endpoint.HomePage;
import org.tidebox.server.http.endpoint.InfoEndpoint;
import org.tidebox.server.http.endpoint.JoinEndpoint;
import org.tidebox.server.http.endpoint.LibrariesEndpoint;
import org.tidebox.server.http.endpoint.LoginEndpoint;
import org.tidebox.server.http.endpoint.LogoutEndpoint;
import org.tidebox.server.http.endpoint.MissingEndpoint;
import org.tidebox.server.http.endpoint.MomentEndpoint;
import org.tidebox.server.http.endpoint.NodesEndpoint;
import org.tidebox.server.http.endpoint.OpenApiEndpoint;
import org.tidebox.server.http.endpoint.PasswordEndpoint;
import org.tidebox.server.http.endpoint.PatchesEndpoint;
import org.tidebox.server.http.endpoint.RemoveDeviceEndpoint;
import org.tidebox.server.http.endpoint.SessionEndpoint;
import org.tidebox.server.http.endpoint.SignaturesEndpoint;
import org.tidebox.server.http.endpoint.TreeEndpoint;
import org.tidebox.server.http.endpoint.UploadEndpoint;
import org.tidebox.server.http.endpoint.WantedEndpoint;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.tls.TlsIdentity;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Problem;
import org.tidebox.wire.Routes;

/** A server with its HTTP face on a free port of this machine, and a client that trusts exactly its certificate. */
public final class HttpServer implements AutoCloseable {
    public final TestServer core;
    public final Router router = new Router();
    public final Map<String, Servlet> endpoints;
    public final HttpService http;
    public final URI base;
    public final HttpClient client;

    /** Starts one that keeps its data in a folder. */
    public HttpServer(Path folder) throws Exception {
        this(new TestServer(folder));
    }

    /** Starts one with so much memory for requests. */
    public HttpServer(Path folder, Budget budget) throws Exception {
        this(new TestServer(folder, budget));
    }

    private HttpServer(TestServer core) throws Exception {
        this.core = core;
        endpoints = endpoints(core.server);
        endpoints.forEach((path, servlet) -> router.add(path, 0, servlet));
        http = new HttpService(core.server, router, core.process);
        base = URI.create(core.process.awaitReady().split(" ")[1]);
        client = client(trust(TlsIdentity.open(core.data.location(), core.clock)), HttpClient.Version.HTTP_2);
    }

    public static Map<String, Servlet> endpoints(TideboxServer server) {
        Map<String, Servlet> all = new LinkedHashMap<>();
        all.put(ApiPaths.HOME, new HomePage());
        all.put(Routes.INFO, new InfoEndpoint());
        all.put(Routes.OPENAPI, new OpenApiEndpoint());
        all.put(Routes.LOGIN, new LoginEndpoint(server));
        all.put(Routes.JOIN, new JoinEndpoint(server));
        all.put(Routes.LOGOUT, new LogoutEndpoint(server));
        all.put(Routes.SESSION, new SessionEndpoint(server));
        all.put(Routes.DEVICES, new DevicesEndpoint(server));
        all.put(Routes.REMOVE_DEVICE, new RemoveDeviceEndpoint(server));
        all.put(Routes.PASSWORD, new PasswordEndpoint(server));
        all.put(Routes.LIBRARIES, new LibrariesEndpoint(server));
        all.put(Routes.EVENTS, new EventsEndpoint(server));
        all.put(ApiPaths.CHANGES, new ChangesEndpoint(server));
        all.put(ApiPaths.MISSING, new MissingEndpoint(server));
        all.put(ApiPaths.FETCH, new FetchEndpoint(server));
        all.put(ApiPaths.SIGNATURES, new SignaturesEndpoint(server));
        all.put(ApiPaths.PATCHES, new PatchesEndpoint(server));
        all.put(ApiPaths.UPLOAD, new UploadEndpoint(server));
        all.put(ApiPaths.HISTORY, new HistoryEndpoint(server));
        all.put(ApiPaths.TREE, new TreeEndpoint(server));
        all.put(ApiPaths.NODES, new NodesEndpoint(server));
        all.put(ApiPaths.DELETED, new DeletedEndpoint(server));
        all.put(ApiPaths.FORMERLY, new FormerlyEndpoint(server));
        all.put(ApiPaths.CONFIRMED, new ConfirmedEndpoint(server));
        all.put(ApiPaths.MOMENT, new MomentEndpoint(server));
        all.put(ApiPaths.WANTED, new WantedEndpoint(server));
        all.put(ApiPaths.FILES, new FilesEndpoint(server));
        all.put(ApiPaths.FOLDERS, new FoldersEndpoint(server));
        return all;
    }

    public static HttpClient client(SSLContext trust, HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(trust).version(version).connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Returns the address that it serves. */
    public URI base() {
        return base;
    }

    /** Adds a person and lets a device of hers in; returns its token. */
    public String join(String account) throws Exception {
        return core.join(account);
    }

    /** Lets a device of a person in again; returns its token. */
    public String login(String account) throws Exception {
        return core.login(account);
    }

    /** Makes a library with a device's token. */
    public LibraryId library(String token) throws Exception {
        return core.library(core.server.sessions().check(token, TestServer.ADDRESS), "docs");
    }

    /** Returns what trusts its certificate alone. */
    public SSLContext trust() throws Exception {
        return trust(TlsIdentity.open(core.data.location(), core.clock));
    }

    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
    }

    public HttpResponse<byte[]> get(String path, String token) throws Exception {
        return send(request(path, token).GET());
    }

    public HttpResponse<byte[]> post(String path, String token, String type, byte[] body) throws Exception {
        return send(request(path, token).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<byte[]> post(String path, String token, Object message) throws Exception {
        return post(path, token, Routes.JSON, Codec.write(message, Routes.JSON));
    }

    public HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    public static <T> T read(HttpResponse<byte[]> response, Class<T> type) throws Exception {
        return Codec.read(response.body(), type, response.headers().firstValue("Content-Type").orElseThrow());
    }

    public static Problem problem(HttpResponse<byte[]> response) throws Exception {
        String type = response.headers().firstValue("Content-Type").orElse("no content type");
        if (!type.equals(Routes.PROBLEM)) {
            throw new AssertionError("expected a problem, got " + response.statusCode() + " " + type + ": "
                    + new String(response.body()));
        }
        return read(response, Problem.class);
    }

    public static SSLContext trust(TlsIdentity identity) throws Exception {
        KeyStore keys = identity.keys();
        X509Certificate own = (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[]{new OneCertificate(own)}, null);
        return context;
    }

    @Override
    public void close() {
        client.shutdownNow();
        http.close();
        core.close();
    }

    private record OneCertificate(X509Certificate trusted) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (!chain[0].equals(trusted)) {
                throw new CertificateException("another certificate");
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
