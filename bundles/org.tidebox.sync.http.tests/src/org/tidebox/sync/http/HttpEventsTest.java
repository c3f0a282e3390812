package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.sync.EventListener;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.ServerConnection;
import org.tidebox.sync.ServerConnection.EventSubscription;
import org.tidebox.sync.http.FakeServer.Exchange;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.EventCodec;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.ProblemType;
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
            send(EventCodec.keepAlive(), EventCodec.write(EVENT), EventCodec.write(EVENT), CUT);
            await().untilAsserted(() -> assertThat(heard).containsExactly(
                    "connected", "head 5", "head 5", "disconnected UNREACHABLE", "connected"));
            send(EventCodec.write(EVENT));
            await().untilAsserted(() -> assertThat(heard).hasSize(6).last().isEqualTo("head 5"));
            subscription.close();
            send(EventCodec.write(EVENT), CUT);
        }
        assertThat(heard).hasSize(6);
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
            send(EventCodec.keepAlive());
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
        out.write(EventCodec.keepAlive());
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
