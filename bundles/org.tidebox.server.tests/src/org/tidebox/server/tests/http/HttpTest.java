package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryKind;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** The protocol over real TLS: connections, logins, and what is refused whatever it asks for. */
@Tag("P3")
class HttpTest extends OnHttp {
    @Test
    void speaksHttp2WithoutATokenForItsInfo() throws Exception {
        HttpResponse<byte[]> response = server.get(Routes.INFO, null);

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        ServerInfo info = HttpServer.read(response, ServerInfo.class);
        assertThat(info).isEqualTo(new ServerInfo("tidebox", info.version(), List.of(1, 2, 3, 4)));
        assertThat(info.version()).startsWith("0");
        assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void speaksHttp1AsWell() throws Exception {
        try (HttpClient old = HttpServer.client(server.trust(), HttpClient.Version.HTTP_1_1)) {
            HttpResponse<byte[]> response = old.send(server.request(Routes.INFO, null).GET().build(),
                    BodyHandlers.ofByteArray());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void clientsThatDoNotKnowTheCertificateGetNoFurther() throws Exception {
        try (HttpClient stranger = HttpServer.client(SSLContext.getDefault(), HttpClient.Version.HTTP_2)) {
            assertThatThrownBy(() -> stranger.send(server.request(Routes.INFO, null).build(),
                    BodyHandlers.ofByteArray()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void onlyTls13IsSpoken() throws Exception {
        try (SSLSocket socket = (SSLSocket) server.trust().getSocketFactory()
                .createSocket("localhost", server.base.getPort())) {
            socket.setEnabledProtocols(new String[]{"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void loginGivesATokenThatWorksAndLogoutEndsIt() throws Exception {
        server.core.admin.addAccount("eve", TestServer.PASSWORD);
        Welcome welcome = HttpServer.read(
                server.post(Routes.LOGIN, null, new Login("eve", TestServer.PASSWORD, "phone")), Welcome.class);

        assertThat(server.get(Routes.LIBRARIES, welcome.token()).statusCode()).isEqualTo(200);
        assertThat(server.post(Routes.LOGOUT, welcome.token(), Routes.JSON, new byte[0]).statusCode()).isEqualTo(204);
        assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.LIBRARIES, welcome.token()));
    }

    @Test
    void wrongPasswordIsAClearNo() throws Exception {
        server.core.admin.addAccount("bob", TestServer.PASSWORD);

        Problem problem = assertProblem(ProblemType.WRONG_CREDENTIALS,
                server.post(Routes.LOGIN, null, new Login("bob", "wrong password", "phone")));
        assertThat(assertProblem(ProblemType.WRONG_CREDENTIALS,
                server.post(Routes.LOGIN, null, new Login("nobody", "wrong password", "phone")))).isEqualTo(problem);
    }

    @Test
    @Tag("A6")
    void tooManyGuessesAreToldWhenToTryAgain() throws Exception {
        Login guess = new Login("nobody" + server.core.random.nextInt(Integer.MAX_VALUE), "guess", "phone");
        for (int i = 0; i < 5; i++) {
            assertProblem(ProblemType.WRONG_CREDENTIALS, server.post(Routes.LOGIN, null, guess));
        }
        HttpResponse<byte[]> refused = server.post(Routes.LOGIN, null, guess);
        assertProblem(ProblemType.TOO_MANY_ATTEMPTS, refused);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void everythingElseNeedsAToken() throws Exception {
        for (String bad : new String[]{null, "", "tb1_nonsense", "x".repeat(500)}) {
            assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.LIBRARIES, bad));
            assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.EVENTS, bad));
            assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.changes(library), bad));
            for (String path : List.of(Routes.history(library), Routes.tree(library), Routes.deleted(library),
                    Routes.moment(library) + "?time=2026-01-31T12:00:00Z")) {
                assertProblem(ProblemType.NOT_LOGGED_IN, server.get(path, bad));
            }
            for (String path : List.of(Routes.LOGOUT, Routes.LIBRARIES, Routes.missing(library), Routes.fetch(library),
                    Routes.upload(library))) {
                assertProblem(ProblemType.NOT_LOGGED_IN, server.post(path, bad, Routes.JSON, new byte[0]));
            }
        }
    }

    @Test
    void libraryIsMadeOnce() throws Exception {
        HttpResponse<byte[]> again = server.post(Routes.LIBRARIES, token, new NewLibrary("docs", LibraryKind.SYNC));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(HttpServer.read(again, Library.class).id()).isEqualTo(library);
        assertProblem(ProblemType.BAD_NAME,
                server.post(Routes.LIBRARIES, token, new NewLibrary("../x", LibraryKind.SYNC)));
        assertThat(HttpServer.read(server.get(Routes.LIBRARIES, token), Libraries.class).libraries())
                .extracting(Library::name).containsExactly("docs");
    }

    @Test
    void librariesOfTwoKindsMayHaveOneName() throws Exception {
        HttpResponse<byte[]> box = server.post(Routes.LIBRARIES, token, new NewLibrary("docs", LibraryKind.BOX));

        assertThat(box.statusCode()).isEqualTo(201);
        assertThat(HttpServer.read(box, Library.class).id()).isNotEqualTo(library);
        assertThat(HttpServer.read(server.get(Routes.LIBRARIES, token), Libraries.class).libraries())
                .extracting(Library::kind).containsExactly(LibraryKind.BOX, LibraryKind.SYNC);
    }

    @Test
    void malformedBodiesAreRefused() throws Exception {
        for (String body : List.of("", "{", "[]", "null", "{\"ids\":7}", "{\"ids\":[\"zz\"]}", "\0\1\2")) {
            for (String type : List.of(Routes.JSON, Routes.CBOR)) {
                assertProblem(ProblemType.BAD_REQUEST,
                        server.post(Routes.missing(library), token, type, body.getBytes(StandardCharsets.ISO_8859_1)));
            }
            assertProblem(ProblemType.BAD_REQUEST,
                    server.post(Routes.upload(library), token, Routes.FRAMES,
                            body.getBytes(StandardCharsets.ISO_8859_1)));
        }
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        assertProblem(ProblemType.BAD_REQUEST, server.post(Routes.missing(library), token, Routes.JSON, deep));
    }

    @Test
    void oversizedBodiesAreRefused() throws Exception {
        byte[] tooMuch = new byte[Limits.MAX_MESSAGE + 1];
        Arrays.fill(tooMuch, (byte) ' ');
        assertProblem(ProblemType.TOO_LARGE, server.post(Routes.missing(library), token, Routes.JSON, tooMuch));
        assertProblem(ProblemType.TOO_LARGE, server.send(server.request(Routes.missing(library), token)
                .header("Content-Type", Routes.JSON)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch)))));
        assertProblem(ProblemType.TOO_LARGE, server.post(Routes.LOGIN, null, Routes.JSON, new byte[100_000]));
    }

    @Test
    void wrongTypesMethodsAndPathsAreProblems() throws Exception {
        assertProblem(ProblemType.UNSUPPORTED_TYPE,
                server.post(Routes.missing(library), token, "text/plain", new byte[0]));
        assertProblem(ProblemType.UNSUPPORTED_TYPE,
                server.post(Routes.upload(library), token, Routes.JSON, new byte[0]));
        assertProblem(ProblemType.METHOD_NOT_ALLOWED, server.get(Routes.LOGIN, token));
        assertProblem(ProblemType.METHOD_NOT_ALLOWED,
                server.post(Routes.changes(library), token, Routes.JSON, new byte[0]));
        assertProblem(ProblemType.METHOD_NOT_ALLOWED, server.send(server.request(Routes.LIBRARIES, token).DELETE()));
        for (String path : List.of("/nothing", "/api/v1", "/api/v1/libraries/", "/api/v1/libraries/x/y",
                "/api/v2/info")) {
            assertProblem(ProblemType.NOT_FOUND, server.get(path, token));
        }
        assertProblem(ProblemType.NOT_FOUND, server.get("/api/v1/libraries/nohex/changes", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.changes(library) + "?since=x", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.changes(library) + "?since=-1", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.changes(library) + "?limit=0", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.changes(library) + "?seen=12", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.history(library) + "?node=x", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.history(library), token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.tree(library) + "?asOf=-1", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.tree(library) + "?limit=0", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.deleted(library) + "?before=-1", token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.moment(library), token));
        assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.moment(library) + "?time=yesterday", token));
    }

    @Test
    void jettysOwnRefusalsAreProblemsToo() throws Exception {
        assertThat(HttpServer.problem(server.get("/api/v1/%2e%2e/%2e%2e/x", token)).status()).isEqualTo(400);
        HttpRequest.Builder huge = server.request(Routes.INFO, null).header("X-Huge", "x".repeat(20_000));
        try (HttpClient old = HttpServer.client(server.trust(), HttpClient.Version.HTTP_1_1)) {
            assertThat(HttpServer.problem(old.send(huge.build(), BodyHandlers.ofByteArray())).status()).isEqualTo(431);
        }
    }

    /** No client of ours says such things, so they go out by hand. */
    @Test
    void protocolsThatNobodySpeaksAreTheSendersFault() throws Exception {
        for (String head : List.of("GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n")) {
            try (Socket socket = server.trust().getSocketFactory().createSocket(server.base.getHost(),
                    server.base.getPort())) {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 400");
            }
        }
    }

    @Test
    void peopleGetAPage() throws Exception {
        HttpResponse<byte[]> page = server.get("/", null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("Tidebox server");
    }
}
