package org.tidebox.sync.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Problem;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Answers routes as a test says. It checks nothing, keeps nothing and knows no accounts. */
final class FakeServer extends Handler.Abstract {
    private final Map<String, Route> routes = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    interface Route {
        void answer(Exchange exchange) throws IOException, WireException;
    }

    /** A request and its answer. */
    record Exchange(Request request, Response response) {
        InputStream body() {
            return Content.Source.asInputStream(request);
        }

        <T> T read(Class<T> type) throws WireException, IOException {
            return Codec.read(body(), type, request.getHeaders().get(HttpHeader.CONTENT_TYPE), Limits.MAX_MESSAGE);
        }

        OutputStream start(String contentType) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
            return Content.Sink.asOutputStream(response);
        }

        void send(Object message) throws IOException {
            try (OutputStream out = start(Routes.CBOR)) {
                out.write(Codec.write(message, Routes.CBOR));
            }
        }

        void send(Problem problem) throws IOException {
            response.setStatus(problem.status());
            try (OutputStream out = start(Routes.PROBLEM)) {
                out.write(Codec.write(problem, Routes.PROBLEM));
            }
        }
    }

    /** Answers requests for the path, and then reads what is left of them: else Jetty may reset a stream before its answer is read. */
    FakeServer on(String path, Route route) {
        return hastilyOn(path, exchange -> {
            route.answer(exchange);
            exchange.body().transferTo(OutputStream.nullOutputStream());
        });
    }

    /** Answers requests for the path, whether they have been read or not. */
    FakeServer hastilyOn(String path, Route route) {
        routes.put(path, route);
        return this;
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        requests.add(request.getConnectionMetaData().getHttpVersion() + " " + request.getMethod() + " "
                + request.getHttpURI().getPathQuery() + " " + request.getHeaders().get(HttpHeader.AUTHORIZATION));
        Route route = routes.get(request.getHttpURI().getPath());
        if (route == null) {
            response.setStatus(404);
        } else {
            route.answer(new Exchange(request, response));
        }
        callback.succeeded();
        return true;
    }
}
