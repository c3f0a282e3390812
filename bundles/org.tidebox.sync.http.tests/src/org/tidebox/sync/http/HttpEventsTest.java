package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.remote.ServerConnection.EventSubscription;
import org.tidebox.sync.http.FakeServer.Exchange;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.EventCodec;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.PushedChanges;
import org.tidebox.wire.Routes;

@Tag("C3")
@Timeout(60)
class HttpEventsTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.create();
    private static final LibraryEvent EVENT = new LibraryEvent(new LibraryId(new byte[16]), 5);
    /** Ends the stream. */
    private static final byte[] CUT = new byte[0];
    private final BlockingQueue<byte[]> toSend = new LinkedBlockingQueue<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final EventListener listener = new EventListener() {
        @Override
        public void connected() {
            heard.add("connected");
        }

        @Override
        public void event(LibraryEvent event) {
            heard.add("head " + event.head());
            throw new IllegalStateException("a listener may fail");
        }

        @Override
        public void disconnected(RemoteException why) {
            heard.add("disconnected " + why.getReason());
        }
    };

    @Test
    void newsComeAndAStreamThatEndsIsSetUpAgain() throws Exception {
        FakeServer fake = new FakeServer().on(Routes.EVENTS, this::stream);
        try (JettyServer server = new JettyServer(CERTIFICATE, fake);
                ServerConnection connection = new HttpConnector().connect(server.address(), "token");
                EventSubscription subscription = connection.events(listener)) {
            send(EventCodec.keepAlive(Routes.EVENT_STREAM), EventCodec.write(EVENT, Routes.EVENT_STREAM),
                    EventCodec.write(EVENT, Routes.EVENT_STREAM), CUT);
            await().untilAsserted(() -> assertThat(heard).containsExactly(
                    "connected", "head 5", "head 5", "disconnected UNREACHABLE", "connected"));
            send(EventCodec.write(EVENT, Routes.EVENT_STREAM));
            await().untilAsserted(() -> assertThat(heard).hasSize(6).last().isEqualTo("head 5"));
            subscription.close();
            send(EventCodec.write(EVENT, Routes.EVENT_STREAM), CUT);
        }
        assertThat(heard).hasSize(6);
    }

    @Test
    @Tag("C6")
    void whatChangedComesWithTheNewsAndIsAskedFor() throws Exception {
        Node folder = Node.folder(NodeId.random(new Random(1)), NodeId.ROOT, "a", new Attributes(0755, 1))
                .withSequence(1);
        PushedChanges pushed = PushedChanges.of(new CommitId(new byte[CommitId.LENGTH]), List.of(folder),
                Mark.START.at(1), List.of()).orElseThrow();
        LibraryEvent event = new LibraryEvent(new LibraryId(new byte[16]), 1, false, pushed);
        BlockingQueue<LibraryEvent> came = new LinkedBlockingQueue<>();
        FakeServer fake = new FakeServer().on(Routes.EVENTS, exchange -> {
            assertThat(exchange.request().getHeaders().get("Accept")).contains(Routes.CBOR_SEQUENCE);
            try (OutputStream out = exchange.start(Routes.CBOR_SEQUENCE)) {
                out.write(EventCodec.keepAlive(Routes.CBOR_SEQUENCE));
                out.write(EventCodec.write(event, Routes.CBOR_SEQUENCE));
            }
        });
        try (JettyServer server = new JettyServer(CERTIFICATE, fake);
                ServerConnection connection = new HttpConnector().connect(server.address(), "token")) {
            connection.events(new EventListener() {
                @Override
                public void connected() {
                    heard.add("connected");
                }

                @Override
                public void event(LibraryEvent told) {
                    came.add(told);
                }

                @Override
                public void disconnected(RemoteException why) {
                    heard.add("disconnected");
                }
            });
            assertThat(came.poll(30, TimeUnit.SECONDS)).isEqualTo(event);
        }
    }

    @Test
    void aRefusalIsTold() throws Exception {
        FakeServer fake = new FakeServer().on(Routes.EVENTS,
                exchange -> exchange.send(ProblemType.NOT_LOGGED_IN.because("log in")));
        try (JettyServer server = new JettyServer(CERTIFICATE, fake);
                ServerConnection connection = new HttpConnector().connect(server.address(), "token")) {
            connection.events(listener);
            await().untilAsserted(() -> assertThat(heard).containsExactly("disconnected NOT_LOGGED_IN"));
        }
    }

    @Test
    void aStreamWithoutASignOfLifeIsGivenUp() throws Exception {
        FakeServer fake = new FakeServer().on(Routes.EVENTS, this::stream);
        Patience little = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(1));
        try (JettyServer server = new JettyServer(CERTIFICATE, fake);
                ServerConnection connection = new HttpConnector(little).connect(server.address(), "token")) {
            connection.events(listener);
            send(EventCodec.keepAlive(Routes.EVENT_STREAM));
            await().untilAsserted(() -> assertThat(heard)
                    .startsWith("connected", "disconnected UNREACHABLE"));
            send(CUT, CUT, CUT);
        }
    }

    private void send(byte[]... pieces) {
        toSend.addAll(List.of(pieces));
    }

    private void stream(Exchange exchange) throws IOException {
        OutputStream out = exchange.start(Routes.EVENT_STREAM);
        out.write(EventCodec.keepAlive(Routes.EVENT_STREAM));
        out.flush();
        try {
            for (byte[] piece = toSend.take(); piece != CUT; piece = toSend.take()) {
                out.write(piece);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
