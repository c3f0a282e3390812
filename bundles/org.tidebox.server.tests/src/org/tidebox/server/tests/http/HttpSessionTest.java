package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Servlet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.session.Sessions;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.LibraryKind;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Messages.ChangePassword;
import org.tidebox.wire.Messages.Devices;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.SessionInfo;
import org.tidebox.wire.Messages.StartSession;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** People who use no device: what lets them in, what they may ask, and what a page of another site cannot. */
@Tag("C6")
@Tag("A6")
class HttpSessionTest extends OnHttp {
    private String account;

    @BeforeEach
    void name() throws Exception {
        account = server.core.server.sessions().check(token, TestServer.ADDRESS).account().name();
    }

    @Test
    void passwordBeginsASessionThatLogoutEnds() throws Exception {
        HttpResponse<byte[]> begun = begin(account, TestServer.PASSWORD);

        assertThat(HttpServer.read(begun, SessionInfo.class).account()).isEqualTo(account);
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("__Host-tidebox=tb1_")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict");
        String cookie = cookie(begun);
        assertThat(HttpServer.read(get(Routes.SESSION, cookie), SessionInfo.class).account()).isEqualTo(account);
        assertThat(get(Routes.folders(library), cookie).statusCode()).isEqualTo(200);
        assertThat(HttpServer.read(get(Routes.DEVICES, cookie), Devices.class).devices()).noneMatch(one -> one.own());

        HttpResponse<byte[]> ended = send(Routes.SESSION, cookie, "DELETE", new byte[0], Routes.SESSION_HEADER, "1");
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(ended.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertProblem(ProblemType.NOT_LOGGED_IN, get(Routes.SESSION, cookie));
        assertThat(server.get(Routes.LIBRARIES, token).statusCode()).as("the device").isEqualTo(200);
    }

    @Test
    void wrongPasswordsAreRefusedAndSlowedDown() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertProblem(ProblemType.WRONG_CREDENTIALS, begin("nobody" + account, "wrong password"));
        }
        HttpResponse<byte[]> slowed = begin("nobody" + account, "wrong password");
        assertProblem(ProblemType.TOO_MANY_ATTEMPTS, slowed);
        assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
    }

    /** A page of another site can make a browser send a cookie, but no header of its own. */
    @Test
    void whatChangesSomethingHasToBeMeant() throws Exception {
        String cookie = cookie(begin(account, TestServer.PASSWORD));
        byte[] library = Codec.write(new NewLibrary("photos", LibraryKind.SYNC), Routes.JSON);
        assertProblem(ProblemType.NOT_LOGGED_IN, send(Routes.LIBRARIES, cookie, "POST", library));
        assertProblem(ProblemType.NOT_LOGGED_IN, send(Routes.SESSION, cookie, "DELETE", new byte[0]));
        assertThat(send(Routes.LIBRARIES, cookie, "POST", library, Routes.SESSION_HEADER, "1").statusCode())
                .isEqualTo(201);
    }

    @Test
    void onlyDevicesReachWhatIsForDevices() throws Exception {
        String cookie = cookie(begin(account, TestServer.PASSWORD));
        for (String path : List.of(Routes.changes(library), Routes.confirmed(library), Routes.wanted(library))) {
            assertProblem(ProblemType.NOT_LOGGED_IN, get(path, cookie));
        }
        for (String path : List.of(Routes.upload(library), Routes.missing(library), Routes.fetch(library),
                Routes.patches(library), Routes.signatures(library))) {
            assertProblem(ProblemType.NOT_LOGGED_IN,
                    send(path, cookie, "POST", new byte[0], Routes.SESSION_HEADER, "1"));
        }
    }

    @Test
    void everyRouteButTheFirstOnesAsksWhoIsThere() throws Exception {
        List<String> open = List.of(Routes.INFO, Routes.OPENAPI, Routes.LOGIN, Routes.JOIN, Routes.SESSION);
        for (String pattern : ApiPaths.API) {
            if (!open.contains(pattern)) {
                String path = pattern.replace("**", "a").replace("*", library.toString());
                assertThat(List.of(server.get(path, null).statusCode(),
                        server.post(path, null, Routes.JSON, new byte[0]).statusCode())).as(pattern).contains(401)
                        .isSubsetOf(401, 405);
            }
        }
    }

    @Test
    void sessionEndsWithTheAccountAndWithTheOldPassword() throws Exception {
        String cookie = cookie(begin(account, TestServer.PASSWORD));
        String own = cookie(begin(account, TestServer.PASSWORD));
        byte[] change = Codec.write(new ChangePassword(TestServer.PASSWORD, "another long one", true), Routes.JSON);
        assertThat(send(Routes.PASSWORD, own, "POST", change, Routes.SESSION_HEADER, "1").statusCode()).isEqualTo(200);
        assertProblem(ProblemType.NOT_LOGGED_IN, get(Routes.SESSION, cookie));
        assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.LIBRARIES, token));
        assertThat(get(Routes.SESSION, own).statusCode()).isEqualTo(200);
        server.core.admin.disableAccount(account, true, true);
        assertProblem(ProblemType.DISABLED, get(Routes.SESSION, own));
        assertProblem(ProblemType.DISABLED, begin(account, "another long one"));
    }

    @Test
    void sessionLastsTwoWeeksBeyondItsLastUse() throws Exception {
        String cookie = cookie(begin(account, TestServer.PASSWORD));
        server.core.clock.advance(Sessions.LIFE_WITHOUT_DEVICE.minusHours(1));
        assertThat(get(Routes.SESSION, cookie).statusCode()).isEqualTo(200);
        server.core.clock.advance(Sessions.LIFE_WITHOUT_DEVICE.minusHours(1));
        assertThat(get(Routes.SESSION, cookie).statusCode()).isEqualTo(200);
        server.core.clock.advance(Sessions.LIFE_WITHOUT_DEVICE.plus(Duration.ofSeconds(1)));
        assertProblem(ProblemType.TOKEN_EXPIRED, get(Routes.SESSION, cookie));
    }

    @Test
    void routesCanTakeAllBelowThemAndEveryMethod() throws Exception {
        Servlet all = new Echo("all");
        Servlet some = new Echo("some");
        server.router.add("/dav/**", 0, all);
        server.router.add("/dav/*/x", 0, some);
        for (String path : List.of("/dav", "/dav/", "/dav/a", "/dav/a/b/c")) {
            HttpResponse<byte[]> answer = send(path, null, "PROPFIND", new byte[0]);
            assertThat(answer.statusCode()).as(path).isEqualTo(207);
            assertThat(answer.headers().firstValue("X-Echo")).hasValue("all PROPFIND");
        }
        assertThat(send("/dav/a/x", null, "MKCOL", new byte[0]).headers().firstValue("X-Echo"))
                .hasValue("some MKCOL");
        assertProblem(ProblemType.METHOD_NOT_ALLOWED, send("/dav/a/x", null, "PUT", new byte[0]));
        assertProblem(ProblemType.NOT_FOUND, send("/davx", null, "PROPFIND", new byte[0]));
        server.router.remove(some);
        server.router.remove(all);
    }

    private static HttpResponse<byte[]> begin(String account, String password) throws Exception {
        return server.post(Routes.SESSION, null, new StartSession(account, password));
    }

    private static String cookie(HttpResponse<byte[]> begun) {
        return begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private static HttpResponse<byte[]> get(String path, String cookie) throws Exception {
        return send(path, cookie, "GET", new byte[0]);
    }

    private static HttpResponse<byte[]> send(String path, String cookie, String method, byte[] body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + path))
                .method(method, BodyPublishers.ofByteArray(body)).header("Content-Type", Routes.JSON);
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return server.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static final class Echo extends ApiEndpoint {
        private static final long serialVersionUID = 1L;
        private final String name;

        Echo(String name) {
            this.name = name;
        }

        @Override
        protected void other(String method, ApiExchange exchange) {
            exchange.response().setStatus(207);
            exchange.response().setHeader("X-Echo", name + " " + method);
        }
    }
}
