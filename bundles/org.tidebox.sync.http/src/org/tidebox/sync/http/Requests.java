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
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.ServerAddress;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Problem;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Sends requests to one server and makes answers and failures out of what comes back. Thread-safe. */
final class Requests implements AutoCloseable {
    /** From so many bytes on, the frames of HTTP/2 cost more than a connection of their own. */
    private static final long BULK = 512 << 10;
    private final ServerAddress address;
    private final String token;
    private final Patience patience;
    private final Throttles throttles;
    private final Meter meter = new Meter();
    private final Failures failures;
    private final ExecutorService threads;
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
        this.client = newClient();
    }

    private HttpClient newClient() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[]{"TLSv1.3"});
        return HttpClient.newBuilder().version(Version.HTTP_2).connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER).executor(threads).sslParameters(parameters)
                .sslContext(ServerTrust.context(address.fingerprint(), meter)).build();
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

    HttpRequest postOf(String route, Object message) {
        return postOf(route, message, 0);
    }

    /**
     * Prepares to post a record.
     *
     * @param bytes about how many bytes will travel; 0 if few
     */
    HttpRequest postOf(String route, Object message, long bytes) {
        return request(route).version(versionFor(bytes)).header("Content-Type", Routes.CBOR)
                .POST(BodyPublishers.ofByteArray(Codec.write(message, Routes.CBOR))).build();
    }

    HttpRequest.Builder request(String route) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address.uri() + route))
                .header("Accept", Routes.CBOR);
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    /**
     * Returns how a body of about so many bytes travels best: what is long takes less processor time over HTTP/1.1, on
     * a connection of its own, and does not hold up what is short.
     */
    static Version versionFor(long bytes) {
        return bytes < BULK ? Version.HTTP_2 : Version.HTTP_1_1;
    }

    /** Starts a request; nobody waits for it yet. */
    CompletableFuture<HttpResponse<ResponseBody>> start(HttpRequest request) {
        meter.request();
        HttpClient used = client();
        return used.sendAsync(request, head -> new ResponseBody(patience.progress(), () -> abandon(used)));
    }

    /** Sends a request and returns the good answer with its body still to come; the caller closes it. */
    HttpResponse<ResponseBody> open(HttpRequest request, boolean repeatable) throws RemoteException {
        try {
            try {
                return good(await(start(request), () -> 0));
            } catch (IOException e) {
                if (repeatable && Failures.isBroken(e)) {
                    return good(await(start(request), () -> 0));
                }
                throw e;
            }
        } catch (IOException e) {
            throw failures.of(e);
        }
    }

    /**
     * Waits for an answer as long as something moves.
     *
     * @param progress a number that changes when something has moved
     */
    HttpResponse<ResponseBody> await(CompletableFuture<HttpResponse<ResponseBody>> answer, LongSupplier progress)
            throws IOException, RemoteException {
        HttpClient used = client();
        while (true) {
            long before = progress.getAsLong();
            try {
                return answer.get(patience.progress().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (progress.getAsLong() == before) {
                    answer.cancel(true);
                    abandon(used);
                    throw new StalledException(patience.progress());
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw failures.interrupted(e);
            }
        }
    }

    /** Returns the answer if it is a good one. */
    HttpResponse<ResponseBody> good(HttpResponse<ResponseBody> answer) throws RemoteException, IOException {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return answer;
        }
        try (ResponseBody body = answer.body()) {
            if (!typeOf(answer).startsWith(Routes.PROBLEM)) {
                throw failures.ofStatus(status);
            }
            throw failures.of(Codec.read(body, Problem.class, Routes.PROBLEM));
        } catch (WireException e) {
            throw failures.of(e);
        }
    }

    /** Reads the record that an answer holds, and closes it. */
    <T> T read(HttpResponse<ResponseBody> answer, Class<T> type) throws RemoteException, IOException {
        try (ResponseBody body = answer.body()) {
            return Codec.read(body, type, typeOf(answer));
        } catch (WireException e) {
            throw failures.of(e);
        }
    }

    static String typeOf(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("nothing");
    }

    @Override
    public synchronized void close() {
        closed = true;
        client.shutdownNow();
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
