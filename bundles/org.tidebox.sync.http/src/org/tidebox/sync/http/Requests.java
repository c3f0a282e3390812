package org.tidebox.sync.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Compression;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Problem;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Sends requests to one server and makes answers and failures out of what comes back. Thread-safe. */
final class Requests implements AutoCloseable {
    /** From so many bytes on, a body travels better over a connection of its own. */
    static final int BULK = 256 << 10;
    private final ServerAddress address;
    private final String token;
    private final Patience patience;
    private final Throttles throttles;
    private final Meter meter = new Meter();
    private final Failures failures;
    private final ExecutorService threads;
    private final SSLContext tls;
    private final MeteredSockets sockets;
    private HttpClient client;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param token of the device, or {@code null} where there is none yet
     * @param throttles what the contents of files pass
     */
    Requests(ServerAddress address, String token, Patience patience, Throttles throttles) {
        this.address = address;
        this.token = token;
        this.patience = patience;
        this.throttles = throttles;
        this.failures = new Failures(address);
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tidebox-http-", 0).factory());
        this.tls = ServerTrust.context(address.fingerprint(), meter);
        this.sockets = new MeteredSockets(tls.getSocketFactory(), meter);
        this.client = newClient();
    }

    private HttpClient newClient() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[]{"TLSv1.3"});
        return HttpClient.newBuilder().version(Version.HTTP_2).connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER).executor(threads).sslParameters(parameters)
                .sslContext(tls).build();
    }

    private synchronized HttpClient client() {
        return client;
    }

    /**
     * Lets go of a connection on which nothing moves any more. The platform would send all further requests on it too,
     * as long as nobody tells it that the other end has gone.
     */
    private synchronized void abandon(HttpClient stalled) {
        if (client == stalled && !closed) {
            client = newClient();
            stalled.shutdownNow();
        }
    }

    ServerAddress address() {
        return address;
    }

    Patience patience() {
        return patience;
    }

    Throttles throttles() {
        return throttles;
    }

    Meter meter() {
        return meter;
    }

    Failures failures() {
        return failures;
    }

    /** Gets a record; asks again on a new connection if the old one breaks. */
    <T> T get(String route, Class<T> type) throws RemoteException {
        return call(request(route).GET().build(), type, true);
    }

    /**
     * Posts a record and gets one back.
     *
     * @param repeatable whether asking twice is as good as asking once
     */
    <T> T post(String route, Object message, Class<T> type, boolean repeatable) throws RemoteException {
        return call(postOf(route, message), type, repeatable);
    }

    /** Prepares to post a record. */
    HttpRequest postOf(String route, Object message) {
        return postOf(route, Codec.write(message, Routes.CBOR), Routes.CBOR);
    }

    /** Prepares to post a short body. */
    HttpRequest postOf(String route, byte[] body, String type) {
        return request(route).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build();
    }

    HttpRequest.Builder request(String route) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address.uri() + route))
                .header("Accept", Routes.CBOR).header(Answer.ACCEPTED_CODING, Compression.CODING);
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    /** Prepares to post something long, or to get a long answer; the caller closes it. */
    BulkExchange bulk(String route, String type) throws IOException {
        meter.request();
        HttpsURLConnection connection = (HttpsURLConnection) URI.create(address.uri() + route).toURL()
                .openConnection();
        connection.setSSLSocketFactory(sockets);
        connection.setConnectTimeout(Math.toIntExact(patience.connect().toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        // Said early, so that the platform looks whether an idle connection is still open before it streams a body there.
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Accept", Routes.CBOR);
        connection.setRequestProperty(Answer.ACCEPTED_CODING, Compression.CODING);
        connection.setRequestProperty("Content-Type", type);
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        return new BulkExchange(connection, patience.progress(), sockets::abandon);
    }

    /** Sends a request and returns the good answer with its body still to come; the caller closes it. */
    Answer open(HttpRequest request, boolean repeatable) throws RemoteException {
        try {
            try {
                return good(send(request));
            } catch (IOException e) {
                if (repeatable && Failures.isBroken(e)) {
                    return good(send(request));
                }
                throw e;
            }
        } catch (IOException e) {
            throw failures.of(e);
        }
    }

    private Answer send(HttpRequest request) throws IOException, RemoteException {
        meter.request();
        HttpClient used = client();
        CompletableFuture<HttpResponse<ResponseBody>> answer = used.sendAsync(request,
                head -> new ResponseBody(patience.progress(), () -> abandon(used)));
        try {
            HttpResponse<ResponseBody> response = answer.get(patience.progress().toNanos(), TimeUnit.NANOSECONDS);
            return Answer.of(response.statusCode(), response.headers().firstValue("Content-Type").orElse(null),
                    response.headers().firstValue("Content-Encoding").orElse(null), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            abandon(used);
            throw new StalledException(patience.progress());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw failures.interrupted(e);
        }
    }

    /** Returns the answer if it is a good one. */
    Answer good(Answer answer) throws RemoteException, IOException {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return answer;
        }
        try (answer) {
            if (!answer.type().startsWith(Routes.PROBLEM)) {
                throw failures.ofStatus(status);
            }
            throw failures.of(Codec.read(answer.body(), Problem.class, Routes.PROBLEM, Limits.MAX_MESSAGE));
        } catch (WireException e) {
            throw failures.of(e);
        }
    }

    /** Reads the record that an answer holds, and closes it. */
    <T> T read(Answer answer, Class<T> type) throws RemoteException, IOException {
        try (answer) {
            return Codec.read(answer.body(), type, answer.type(), Limits.MAX_MESSAGE);
        } catch (WireException e) {
            throw failures.of(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        client.shutdownNow();
        sockets.close();
        threads.shutdown();
    }

    private <T> T call(HttpRequest request, Class<T> type, boolean repeatable) throws RemoteException {
        try {
            return read(open(request, repeatable), type);
        } catch (IOException e) {
            if (!repeatable || !Failures.isBroken(e)) {
                throw failures.of(e);
            }
        }
        try {
            return read(open(request, false), type);
        } catch (IOException e) {
            throw failures.of(e);
        }
    }

    /**
     * How long to wait.
     *
     * @param connect for a connection
     * @param progress for the next sign of life on one
     */
    record Patience(Duration connect, Duration progress) {
        /** What devices use. The server sends a sign of life on the event stream more often than that. */
        static final Patience DEFAULT = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(45));
    }
}
