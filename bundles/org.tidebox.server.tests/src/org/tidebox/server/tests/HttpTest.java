package org.tidebox.server.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.ProblemFrame;
import org.tidebox.wire.Frame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.Deleted;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.Moment;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** The protocol over real TLS. */
@Tag("P3")
class HttpTest {
    @TempDir
    static Path folder;
    private static HttpServer server;
    private String token;
    private LibraryId library;

    @BeforeAll
    static void open() throws Exception {
        server = new HttpServer(folder);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void join() throws Exception {
        token = server.core.join("ada" + server.core.random.nextInt(Integer.MAX_VALUE));
        HttpResponse<byte[]> made = server.post(Routes.LIBRARIES, token, new NewLibrary("docs", LibraryKind.SYNC));
        assertThat(made.statusCode()).isEqualTo(201);
        library = HttpServer.read(made, Library.class).id();
    }

    @Test
    void speaksHttp2WithoutATokenForItsInfo() throws Exception {
        HttpResponse<byte[]> response = server.get(Routes.INFO, null);

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        ServerInfo info = HttpServer.read(response, ServerInfo.class);
        assertThat(info).isEqualTo(new ServerInfo("tidebox", info.version(), List.of(1, 2)));
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
                server.post(Routes.LIBRARIES, token, new NewLibrary("docs", LibraryKind.BOX)));
        assertProblem(ProblemType.BAD_NAME,
                server.post(Routes.LIBRARIES, token, new NewLibrary("../x", LibraryKind.SYNC)));
        assertThat(HttpServer.read(server.get(Routes.LIBRARIES, token), Libraries.class).libraries())
                .extracting(Library::name).containsExactly("docs");
    }

    @Test
    void uploadChangesFetchAndHistoryWorkInJsonAndCbor() throws Exception {
        Sent chunk = TestServer.chunk(server.core.bytes(70_000));
        Node file = server.core.file(NodeId.ROOT, "f", TestServer.recipe(0, chunk.entry()));
        byte[] frames = TestServer.frames(List.of(chunk),
                new Commit(CommitId.random(server.core.random), List.of(new Change(0, file))));

        Uploaded uploaded = HttpServer.read(server.post(Routes.upload(library), token, Routes.FRAMES, frames),
                Uploaded.class);

        assertThat(uploaded.stored()).isEqualTo(1);
        assertThat(uploaded.commit().head()).isEqualTo(1);
        for (String type : List.of(Routes.JSON, Routes.CBOR)) {
            HttpResponse<byte[]> changes = server.send(server.request(Routes.changes(library) + "?since=0", token)
                    .header("Accept", type));
            assertThat(changes.headers().firstValue("Content-Type")).contains(type);
            assertThat(HttpServer.read(changes, ChangePage.class))
                    .satisfies(page -> assertThat(page)
                            .isEqualTo(new ChangePage(List.of(file.withSequence(1)), 1, 1, page.mark())));
            byte[] ids = Codec.write(new ChunkIds(List.of(chunk.id())), type);
            assertThat(HttpServer.read(server.post(Routes.missing(library), token, type, ids), ChunkIds.class).ids())
                    .isEmpty();
            FrameReader reader = frames(server.post(Routes.fetch(library), token, type, ids));
            assertThat(reader.next()).isEqualTo(new ChunkFrame(chunk.chunk(), 0));
            assertThat(reader.next()).isEqualTo(new EndFrame(1));
        }
        History history = HttpServer.read(server.get(Routes.history(library) + "?node=" + file.id(), token),
                History.class);
        assertThat(history.versions()).hasSize(1).first()
                .satisfies(entry -> assertThat(entry.device()).isEqualTo("laptop"));
    }

    @Test
    @Tag("A3")
    void pastIsToldByTreeDeletedAndMoment() throws Exception {
        Node folder = server.core.folder(NodeId.ROOT, "docs");
        commit(new Change(0, folder));
        commit(new Change(1, folder.withDeleted(true)));

        assertThat(HttpServer.read(server.get(Routes.tree(library) + "?asOf=1", token), ChangePage.class))
                .isEqualTo(new ChangePage(List.of(folder.withSequence(1)), 1, 2));
        assertThat(HttpServer.read(server.get(Routes.tree(library), token), ChangePage.class).nodes()).isEmpty();
        List<HistoryEntry> deleted = HttpServer.read(server.get(Routes.deleted(library), token), Deleted.class)
                .entries();
        assertThat(deleted).singleElement().satisfies(entry -> {
            assertThat(entry.node()).isEqualTo(folder.withDeleted(true).withSequence(2));
            assertThat(entry.device()).isEqualTo("laptop");
        });
        assertThat(HttpServer.read(server.get(Routes.deleted(library) + "?before=2", token), Deleted.class).entries())
                .isEmpty();
        for (Map.Entry<Instant, Long> moment : Map.of(deleted.get(0).time(), 2L, Instant.EPOCH, 0L).entrySet()) {
            assertThat(HttpServer.read(server.get(Routes.moment(library) + "?time=" + moment.getKey(), token),
                    Moment.class).sequence()).isEqualTo(moment.getValue());
        }
    }

    @Test
    @Tag("C1")
    void markThatTheHistoryDoesNotHaveIsAProblem() throws Exception {
        commit(new Change(0, server.core.folder(NodeId.ROOT, "docs")));
        String since = Routes.changes(library) + "?since=1&seen=";
        Mark mark = HttpServer.read(server.get(Routes.changes(library), token), ChangePage.class).mark();
        assertThat(mark.sequence()).isEqualTo(1);
        assertThat(HttpServer.read(server.get(since + mark, token), ChangePage.class))
                .isEqualTo(new ChangePage(List.of(), 1, 1, mark));
        Mark other = new Mark(1, new byte[Mark.DIGEST_LENGTH]);
        for (Mark bad : List.of(other, mark.at(2))) {
            assertThat(assertProblem(ProblemType.SET_BACK, server.get(since + bad, token)).detail())
                    .contains("set back");
        }
        byte[] frames = TestServer.frames(List.of(), new Commit(CommitId.random(server.core.random),
                List.of(new Change(0, server.core.folder(NodeId.ROOT, "new"))), other));
        assertProblem(ProblemType.SET_BACK, server.post(Routes.upload(library), token, Routes.FRAMES, frames));
    }

    private void commit(Change change) throws Exception {
        byte[] frames = TestServer.frames(List.of(), new Commit(CommitId.random(server.core.random), List.of(change)));
        assertThat(HttpServer.read(server.post(Routes.upload(library), token, Routes.FRAMES, frames), Uploaded.class)
                .commit().outcomes()).allMatch(CommitResult.Outcome::isAccepted);
    }

    @Test
    void equalSequencesMoveNothing() throws Exception {
        assertThat(HttpServer.read(server.get(Routes.changes(library) + "?since=0", token), ChangePage.class))
                .isEqualTo(new ChangePage(List.of(), 0, 0, Mark.START));
    }

    @Test
    void chunkThatIsMissingFirstIsAProblemAndInTheMiddleAFrame() throws Exception {
        Sent there = TestServer.chunk(server.core.bytes(1000));
        Sent gone = TestServer.chunk(server.core.bytes(1000));
        server.post(Routes.upload(library), token, Routes.FRAMES, TestServer.frames(List.of(there), null));

        assertProblem(ProblemType.NOT_FOUND,
                server.post(Routes.fetch(library), token, new ChunkIds(List.of(gone.id(), there.id()))));
        FrameReader reader = frames(server.post(Routes.fetch(library), token,
                new ChunkIds(List.of(there.id(), gone.id()))));
        assertThat(reader.next()).isInstanceOf(ChunkFrame.class);
        Frame last = reader.next();
        assertThat(last).isInstanceOfSatisfying(ProblemFrame.class,
                frame -> assertThat(ProblemType.of(frame.problem())).isEqualTo(ProblemType.NOT_FOUND));
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

    @Test
    void badNamesAreRefused() throws Exception {
        for (String name : List.of("..", "a/b", "/etc/passwd", "nul\0", "n".repeat(300))) {
            byte[] frames = TestServer.frames(List.of(), new Commit(CommitId.random(server.core.random),
                    List.of(new Change(0, server.core.folder(NodeId.ROOT, name)))));
            assertProblem(ProblemType.BAD_NAME, server.post(Routes.upload(library), token, Routes.FRAMES, frames));
        }
    }

    @Test
    void cutOffUploadLeavesTheServerWell() throws Exception {
        Sent chunk = TestServer.chunk(server.core.bytes(500_000));
        byte[] frames = TestServer.frames(List.of(chunk), null);
        try (SSLSocket socket = (SSLSocket) server.trust().getSocketFactory()
                .createSocket("localhost", server.base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + Routes.upload(library) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: " + Routes.FRAMES + "\r\nContent-Length: " + frames.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(frames, 0, 300_000);
            out.flush();
        }
        ChunkIds ids = new ChunkIds(List.of(chunk.id()));
        assertThat(HttpServer.read(server.post(Routes.missing(library), token, ids), ChunkIds.class)).isEqualTo(ids);
        assertThat(server.post(Routes.upload(library), token, Routes.FRAMES, frames).statusCode()).isEqualTo(200);
    }

    @Test
    void peopleGetAPage() throws Exception {
        HttpResponse<byte[]> page = server.get("/", null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("Tidebox server");
    }

    private static FrameReader frames(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map()).containsEntry("content-type", List.of(Routes.FRAMES));
        InputStream body = new ByteArrayInputStream(response.body());
        return new FrameReader(body);
    }

    private static Problem assertProblem(ProblemType type, HttpResponse<byte[]> response) throws Exception {
        Problem problem = HttpServer.problem(response);
        assertThat(ProblemType.of(problem)).as(problem.toString()).isEqualTo(type);
        assertThat(response.statusCode()).isEqualTo(type.status()).isEqualTo(problem.status());
        assertThat(problem.detail()).isNotBlank().doesNotContain("Exception", "\tat ");
        return problem;
    }
}
