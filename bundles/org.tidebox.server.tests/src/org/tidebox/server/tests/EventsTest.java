package org.tidebox.server.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.EventHub;
import org.tidebox.server.Session;
import org.tidebox.tree.Change;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.EventReader;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Routes;

/** The news stream. */
@Tag("C1")
class EventsTest {
    @TempDir
    static Path folder;
    private static HttpServer server;
    private String account;
    private String token;
    private Session session;
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
        account = "ada" + server.core.random.nextInt(Integer.MAX_VALUE);
        token = server.core.join(account);
        session = server.core.server.sessions().check(token);
        library = server.core.library(session, "docs");
    }

    @Test
    void streamTellsTheHeadsAtOnceAndThenEachCommit() throws Exception {
        try (Listener listener = new Listener(token)) {
            assertThat(listener.next()).isEqualTo(new LibraryEvent(library, 0));
            commit("a");
            assertThat(listener.next()).isEqualTo(new LibraryEvent(library, 1));
            commit("b");
            assertThat(listener.next()).isEqualTo(new LibraryEvent(library, 2));
        }
    }

    @Test
    void nobodyHearsOfSomebodyElsesLibraries() throws Exception {
        String stranger = server.core.join("bob" + server.core.random.nextInt(Integer.MAX_VALUE));
        try (Listener listener = new Listener(stranger)) {
            await().until(() -> server.core.server.events().size() > 0);
            commit("a");
            LibraryId own = server.core.library(server.core.server.sessions().check(stranger), "own");
            server.core.commit(server.core.server.sessions().check(stranger), own,
                    new Change(0, server.core.folder(NodeId.ROOT, "x")));
            assertThat(listener.next()).isEqualTo(new LibraryEvent(own, 1));
        }
    }

    @Test
    void disablingAnAccountEndsItsStreamAndItsToken() throws Exception {
        try (Listener listener = new Listener(token)) {
            listener.next();
            server.core.admin.disableAccount(account, true);
            await().until(() -> listener.isOver);
            assertThat(server.get(Routes.LIBRARIES, token).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void streamThatNobodyReadsKeepsOnlyTheNewestHead() throws Exception {
        EventHub.Subscription slow = server.core.server.events().subscribe(session);
        for (int i = 0; i < 20; i++) {
            commit("n" + i);
        }
        assertThat(slow.take(Duration.ZERO)).isEqualTo(List.of(new LibraryEvent(library, 20)));
        slow.close();
    }

    private void commit(String name) throws Exception {
        server.core.commit(session, library, new Change(0, server.core.folder(NodeId.ROOT, name)));
    }

    private static final class Listener implements AutoCloseable {
        private final BlockingQueue<LibraryEvent> events = new LinkedBlockingQueue<>();
        private final InputStream stream;
        volatile boolean isOver;

        Listener(String token) throws Exception {
            stream = server.client.send(server.request(Routes.EVENTS, token).build(), BodyHandlers.ofInputStream())
                    .body();
            Thread.ofVirtual().start(this::read);
        }

        LibraryEvent next() throws InterruptedException {
            return events.poll(10, TimeUnit.SECONDS);
        }

        private void read() {
            try {
                EventReader reader = new EventReader(stream);
                for (LibraryEvent event = reader.next(); event != null; event = reader.next()) {
                    events.add(event);
                }
            } catch (Exception e) {
                // Whatever ends it, it is over.
            } finally {
                isOver = true;
            }
        }

        @Override
        public void close() throws Exception {
            stream.close();
        }
    }
}
