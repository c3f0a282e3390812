package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.http.Router;
import org.tidebox.server.http.front.FrontLimits;
import org.tidebox.server.http.front.FrontLimits.Patience;
import org.tidebox.server.http.front.HttpFront;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.server.tls.TlsIdentity;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Routes;

/** What one end of connections may take of a server before others want it. */
@Tag("P3")
class FrontTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Patience PATIENT = new Patience(LONG, LONG, LONG, LONG, LONG);
    private static final int MOST = 5;

    @TempDir
    static Path folder;
    private static TestServer core;
    private final List<Socket> open = new ArrayList<>();
    private HttpFront front;
    private SSLContext trust;
    private String token;

    @BeforeAll
    static void openData() throws Exception {
        core = new TestServer(folder);
    }

    @AfterAll
    static void closeData() {
        core.close();
    }

    @BeforeEach
    void join() throws Exception {
        token = core.join(newName());
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        core.server.events().endAll();
        front.close();
    }

    private static String newName() {
        return "ada" + core.random.nextInt(Integer.MAX_VALUE);
    }

    @Test
    void oldestStrangerOfAnAddressGivesWayToTheNewest() throws Exception {
        start(new FrontLimits(100, MOST, MOST, MOST, 1 << 20, PATIENT));
        List<SSLSocket> strangers = connect(MOST + 1);
        assertThat(strangers.get(0).getInputStream().read()).isEqualTo(-1);
        for (SSLSocket stranger : strangers.subList(1, MOST + 1)) {
            assertThat(ask(stranger, "GET", Routes.INFO, null, "")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whoHasLoggedInDoesNotGiveWayToStrangers() throws Exception {
        start(new FrontLimits(MOST, MOST, MOST, MOST, 1 << 20, PATIENT));
        SSLSocket device = connect(1).get(0);
        assertThat(ask(device, "GET", Routes.LIBRARIES, token, "")).startsWith("HTTP/1.1 200 ");
        connect(3 * MOST);
        assertThat(ask(device, "GET", Routes.LIBRARIES, token, "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void longestRestingConnectionOfAnAccountGivesWay() throws Exception {
        start(new FrontLimits(100, 100, MOST, 100, 1 << 20, PATIENT));
        List<SSLSocket> devices = connect(MOST + 1);
        for (SSLSocket device : devices) {
            assertThat(ask(device, "GET", Routes.LIBRARIES, token, "")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(devices.get(0).getInputStream().read()).isEqualTo(-1);
        assertThat(ask(devices.get(1), "GET", Routes.LIBRARIES, token, "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void moreThanAnAccountMayHaveUnderWayIsRefusedForAWhile() throws Exception {
        start(new FrontLimits(100, 100, 100, MOST, 1 << 20, PATIENT));
        List<SSLSocket> listeners = connect(MOST);
        for (SSLSocket listener : listeners) {
            assertThat(ask(listener, "GET", Routes.EVENTS, token, "")).startsWith("HTTP/1.1 200 ");
        }
        SSLSocket one = connect(1).get(0);
        assertThat(ask(one, "GET", Routes.LIBRARIES, token, "")).startsWith("HTTP/1.1 429 ")
                .contains("Retry-After: ").contains("problem:busy").contains("This account has " + MOST + " requests");
        assertThat(ask(one, "GET", Routes.LIBRARIES, core.join(newName()), "")).startsWith("HTTP/1.1 200 ");
        core.server.events().endAll();
        await().until(() -> ask(one, "GET", Routes.LIBRARIES, token, "").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void whoSaysNothingIsNotWaitedFor() throws Exception {
        start(new FrontLimits(100, 100, 100, 100, 1 << 20, new Patience(SHORT, LONG, LONG, LONG, LONG)));
        Socket silent = plain();
        SSLSocket device = connect(1).get(0);
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
        assertThat(ask(device, "GET", Routes.INFO, null, "")).as("which has shaken hands").startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoDoesNotLogInIsNotWaitedFor() throws Exception {
        start(new FrontLimits(100, 100, 100, 100, 1 << 20, new Patience(LONG, SHORT, LONG, LONG, LONG)));
        SSLSocket device = connect(1).get(0);
        assertThat(ask(device, "GET", Routes.LIBRARIES, token, "")).startsWith("HTTP/1.1 200 ");
        assertThat(connect(1).get(0).getInputStream().read()).isEqualTo(-1);
        assertThat(ask(device, "GET", Routes.LIBRARIES, token, "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void headThatNeverEndsIsNotWaitedFor() throws Exception {
        start(new FrontLimits(100, 100, 100, 100, 1 << 20, new Patience(LONG, LONG, SHORT, LONG, LONG)));
        SSLSocket slow = connect(1).get(0);
        await().until(() -> !isWritable(slow, "x"));
    }

    @Test
    void bodyThatComesInCrumbsIsNotWaitedFor() throws Exception {
        start(new FrontLimits(100, 100, 100, 100, 1 << 20, new Patience(LONG, LONG, LONG, SHORT, LONG)));
        SSLSocket slow = connect(1).get(0);
        assertThat(isWritable(slow, "POST " + Routes.LOGIN + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + Routes.JSON
                + "\r\nContent-Length: 9999\r\n\r\n")).isTrue();
        await().until(() -> !isWritable(slow, "x"));
    }

    @Test
    void answerThatNobodyReadsIsGivenUp() throws Exception {
        start(new FrontLimits(100, 100, 100, 100, 64 << 20, new Patience(LONG, LONG, LONG, SHORT, LONG)));
        readNothing();
    }

    @Test
    void answerThatNobodyReadsIsGivenUpSoonerWhereManyWait() throws Exception {
        start(new FrontLimits(100, 100, 100, 100, 1 << 10, new Patience(LONG, LONG, LONG, LONG, SHORT)));
        readNothing();
    }

    @Test
    void limitsThatAreNoneAreRefusedAtTheStart() throws Exception {
        start(FrontLimits.of(Map.of("http.connections", "50", "http.connections.address", "40")));
        for (String wrong : List.of("", "x", "-1", "0", "99999999999")) {
            assertThatThrownBy(() -> FrontLimits.of(Map.of("http.connections.account", wrong)))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContainingAll("http.connections.account", "server.properties", "'" + wrong + "'");
        }
    }

    private void start(FrontLimits limits) throws Exception {
        Router router = new Router();
        HttpServer.endpoints(core.server).forEach((path, servlet) -> router.add(path, 0, servlet));
        TlsIdentity identity = TlsIdentity.open(core.data.location(), core.clock);
        trust = HttpServer.trust(identity);
        front = new HttpFront(router, "localhost", 0, new LongAdder(), limits);
        front.use(identity);
        front.start();
    }

    /** Asks for more than sockets hold, and reads none of it: the server gives up, and the data can be exchanged. */
    private void readNothing() throws Exception {
        Session session = core.server.sessions().check(token, TestServer.ADDRESS);
        LibraryId library = core.library(session, "docs");
        List<Sent> chunks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            chunks.add(TestServer.chunk(core.bytes(500_000)));
        }
        core.upload(session, library, chunks, null);
        String asked = new String(Codec.write(new ChunkIds(chunks.stream().map(Sent::id).toList()), Routes.JSON),
                StandardCharsets.UTF_8);
        SSLSocket deaf = connect(1).get(0);
        isWritable(deaf, head("POST", Routes.fetch(library), token, asked));
        await().until(() -> !isWritable(deaf, "x"));
    }

    private List<SSLSocket> connect(int count) throws IOException {
        List<SSLSocket> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain(), "localhost", front.port(),
                    true);
            socket.startHandshake();
            made.add(socket);
        }
        return made;
    }

    private Socket plain() throws IOException {
        Socket socket = new Socket("localhost", front.port());
        socket.setSoTimeout(30_000);
        open.add(socket);
        return socket;
    }

    private static boolean isWritable(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String head(String method, String path, String token, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "Content-Type: " + Routes.JSON
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Returns the head of the answer, and its body if its length is told. */
    private static String ask(Socket socket, String method, String path, String token, String body)
            throws IOException {
        socket.getOutputStream().write(head(method, path, token, body).getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after " + head);
            }
            head.append((char) next);
        }
        int length = head.indexOf("Content-Length: ");
        if (length < 0) {
            return head.toString();
        }
        int end = head.indexOf("\r\n", length);
        int bytes = Integer.parseInt(head.substring(length + "Content-Length: ".length(), end));
        return head + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }
}
