package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Compression;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.ProblemFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** Uploads, and what is read back, over real TLS. */
@Tag("P3")
class HttpTransferTest extends OnHttp {
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
    void longAnswersAreCompressedForThoseWhoTakeThat() throws Exception {
        String path = Routes.changes(library) + "?since=0";
        assertThat(coding(path, "gzip, zstd")).as("a short answer").isEmpty();
        for (int i = 0; i < 20; i++) {
            commit(new Change(0, server.core.folder(NodeId.ROOT, "f" + i)));
        }
        for (String none : List.of("identity", "gzip, br", "zstd;q=0")) {
            assertThat(coding(path, none)).as(none).isEmpty();
        }
        HttpResponse<byte[]> plain = server.get(path, token);
        HttpResponse<byte[]> compressed = server.send(server.request(path, token).header("Accept-Encoding", "zstd"));
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("zstd");
        assertThat(compressed.body()).hasSizeLessThan(plain.body().length / 2);
        try (InputStream expanded = Compression.expand(new ByteArrayInputStream(compressed.body()))) {
            assertThat(expanded.readAllBytes()).isEqualTo(plain.body());
        }
    }

    private Optional<String> coding(String path, String accepted) throws Exception {
        return server.send(server.request(path, token).header("Accept-Encoding", accepted)).headers()
                .firstValue("Content-Encoding");
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
    void equalSequencesMoveNothing() throws Exception {
        assertThat(HttpServer.read(server.get(Routes.changes(library) + "?since=0", token), ChangePage.class))
                .isEqualTo(new ChangePage(List.of(), 0, 0, Mark.START));
    }

    private static FrameReader frames(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map()).containsEntry("content-type", List.of(Routes.FRAMES));
        InputStream body = new ByteArrayInputStream(response.body());
        return new FrameReader(body);
    }
}
