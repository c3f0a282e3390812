package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Routes;

/** The end of a server: what is under way ends well, and nothing that went wrong before holds it up. */
@Tag("P3")
class HttpStopTest {
    @TempDir
    Path folder;

    @Test
    void devicesThatWentAwayDoNotHoldUpTheEnd() throws Exception {
        HttpServer server = new HttpServer(folder);
        String token = server.core.join("ada");
        Session session = server.core.server.sessions().check(token, TestServer.ADDRESS);
        LibraryId library = server.core.library(session, "docs");
        List<Sent> chunks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            chunks.add(TestServer.chunk(server.core.bytes(200_000)));
        }
        server.core.upload(session, library, chunks, null);
        List<ChunkId> ids = chunks.stream().map(Sent::id).toList();
        byte[] frames = TestServer.frames(List.of(TestServer.chunk(server.core.bytes(500_000))), null);

        sendAndLeave(server, token, Routes.upload(library), Routes.FRAMES, frames, 300_000, 0);
        sendAndLeave(server, token, Routes.LOGIN, Routes.JSON, new byte[1000], 10, 0);
        byte[] asked = Codec.write(new ChunkIds(ids), Routes.JSON);
        sendAndLeave(server, token, Routes.fetch(library), Routes.JSON, asked, asked.length, 100_000);
        HttpResponse<InputStream> events = server.client.send(server.request(Routes.EVENTS, token).build(),
                BodyHandlers.ofInputStream());
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> endsWell(events.body()));
        await().until(() -> server.core.server.events().size() == 1);

        long start = System.nanoTime();
        server.http.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(ended.get()).as("the event stream ended as a stream ends").isTrue();
        server.close();
    }

    private static boolean endsWell(InputStream stream) {
        try {
            stream.readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void sendAndLeave(HttpServer server, String token, String path, String type, byte[] body, int sent,
            int read)
            throws Exception {
        try (SSLSocket socket = (SSLSocket) server.trust().getSocketFactory()
                .createSocket("localhost", server.base.getPort())) {
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, sent);
            socket.getOutputStream().flush();
            socket.getInputStream().readNBytes(read);
        }
    }
}
