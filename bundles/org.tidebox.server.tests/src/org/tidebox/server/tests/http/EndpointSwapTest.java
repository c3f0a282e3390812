package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.endpoint.InfoEndpoint;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Routes;

/** Endpoints come and go while others serve. */
@Tag("P4")
class EndpointSwapTest {
    @TempDir
    static Path folder;
    private static HttpServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new HttpServer(folder);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void noRequestIsLostWhileAnEndpointIsReplaced() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> requests = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                try {
                    assertThat(server.get(Routes.INFO, null).statusCode()).isEqualTo(200);
                    answered.incrementAndGet();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        });
        Servlet serving = server.endpoints.get(Routes.INFO);
        for (int i = 0; i < 20; i++) {
            int before = answered.get();
            await().until(() -> answered.get() > before || requests.isDone());
            server.router.remove(serving);
            serving = new InfoEndpoint();
            server.router.add(Routes.INFO, 0, serving);
        }
        done.set(true);
        requests.get(20, TimeUnit.SECONDS);
        assertThat(answered.get()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void requestUnderWayEndsBeforeItsEndpointGoesAndOthersServeMeanwhile() throws Exception {
        Slow slow = new Slow();
        server.router.add("/test/slow", 0, slow);
        CompletableFuture<Integer> request = CompletableFuture.supplyAsync(() -> status("/test/slow"));
        slow.entered.await();
        CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> server.router.remove(slow));

        assertThat(status(Routes.INFO)).isEqualTo(200);
        assertThat(removal).isNotDone();
        slow.leave.countDown();

        assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        removal.get(10, TimeUnit.SECONDS);
        assertThat(slow.destroyed).isTrue();
    }

    @Test
    void higherRankingServes() throws Exception {
        server.router.add("/test/ranked", 0, new InfoEndpoint());
        server.router.add("/test/ranked", 5, new Slow() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void get(ApiExchange exchange) throws IOException {
                exchange.write(HttpServletResponse.SC_ACCEPTED, new ServerInfo("tidebox", "other", List.of()));
            }
        });
        assertThat(status("/test/ranked")).isEqualTo(202);
    }

    @Test
    void failureOfAnEndpointIsAProblemWithoutItsStackTrace() throws Exception {
        server.router.add("/test/broken", 0, new Slow() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void get(ApiExchange exchange) {
                throw new IllegalStateException("secret detail");
            }
        });
        var response = server.get("/test/broken", null);

        assertThat(HttpServer.problem(response).status()).isEqualTo(500);
        assertThat(new String(response.body())).doesNotContain("secret", "Exception");
    }

    private static int status(String path) {
        try {
            return server.get(path, null).statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static class Slow extends ApiEndpoint {
        private static final long serialVersionUID = 1L;
        final transient CountDownLatch entered = new CountDownLatch(1);
        final transient CountDownLatch leave = new CountDownLatch(1);
        volatile boolean destroyed;

        @Override
        protected void get(ApiExchange exchange) throws IOException {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.write(HttpServletResponse.SC_OK, new ServerInfo("tidebox", "slow", List.of()));
        }

        @Override
        public void destroy() {
            destroyed = true;
        }
    }
}
