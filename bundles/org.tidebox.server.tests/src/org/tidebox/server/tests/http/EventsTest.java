package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.events.EventHub;
import org.tidebox.server.events.News;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.EventReader;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Limits;
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
        session = server.core.server.sessions().check(token, TestServer.ADDRESS);
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
            LibraryId own = server.core.library(server.core.server.sessions().check(stranger, TestServer.ADDRESS),
                    "own");
            server.core.commit(server.core.server.sessions().check(stranger, TestServer.ADDRESS), own,
                    new Change(0, server.core.folder(NodeId.ROOT, "x")));
            assertThat(listener.next()).isEqualTo(new LibraryEvent(own, 1));
        }
    }

    @Test
    void disablingAnAccountEndsItsStreamAndItsToken() throws Exception {
        try (Listener listener = new Listener(token)) {
            listener.next();
            server.core.admin.disableAccount(account, true, false);
            await().until(() -> listener.isOver);
            assertThat(server.get(Routes.LIBRARIES, token).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void streamThatNobodyReadsKeepsOnlyTheNewestHead() throws Exception {
        EventHub.Subscription slow = server.core.server.events().subscribe(session, false);
        for (int i = 0; i < 20; i++) {
            commit("n" + i);
        }
        assertThat(slow.take(Duration.ZERO)).singleElement().extracting(news -> news.event().head()).isEqualTo(20L);
        slow.close();
    }

    @Test
    @Tag("C6")
    void otherDeviceHearsWhatChangedWithItsContent() throws Exception {
        Session other = otherDevice();
        TestServer.Sent chunk = TestServer.chunk(server.core.bytes(1_000));
        Node file = server.core.file(NodeId.ROOT, "a", TestServer.recipe(0, chunk.entry()));
        try (Listener listener = new Listener(token, Routes.CBOR_SEQUENCE)) {
            assertThat(listener.next()).isEqualTo(new LibraryEvent(library, 0));
            server.core.upload(other, library, List.of(chunk), commit(new Change(0, file)));

            LibraryEvent heard = listener.next();

            assertThat(heard.head()).isEqualTo(1);
            assertThat(heard.pushed().chunks()).containsExactly(chunk.chunk());
            assertThat(heard.pushed().after(Mark.START)).as("as if it had asked")
                    .contains(server.core.server.libraries().changes(session, library, 0, Mark.START, 10));
        }
    }

    @Test
    @Tag("C6")
    void contentsThatAreNotSmallOrCameAsPatchesAreFetched() throws Exception {
        byte[] base = server.core.bytes(7_000);
        byte[] edited = base.clone();
        edited[100]++;
        TestServer.Sent first = TestServer.chunk(base);
        TestServer.Sent patch = TestServer.patch(edited, base);
        TestServer.Sent large = TestServer.chunk(server.core.bytes(Limits.MAX_PUSHED_BYTES + 1));
        try (EventHub.Subscription other = listen(otherDevice())) {
            save("first", first);
            assertThat(take(other).pushed().chunks()).containsExactly(first.chunk());
            save("patched", patch);
            assertThat(take(other).pushed().chunks()).isEmpty();
            save("large", large);
            assertThat(take(other).pushed().chunks()).isEmpty();
            save("small with large", large, first);
            assertThat(take(other).pushed().chunks()).isEmpty();
            TestServer.Sent[] tiny = new TestServer.Sent[Limits.MAX_PUSHED_NODES + 1];
            Arrays.setAll(tiny, i -> TestServer.chunk(new byte[]{(byte) i}));
            save("as many as may be", Arrays.copyOf(tiny, tiny.length - 1));
            assertThat(take(other).pushed().chunks()).hasSize(Limits.MAX_PUSHED_NODES);
            save("too many", tiny);
            assertThat(take(other).pushed().chunks()).isEmpty();
        }
    }

    @Test
    @Tag("C6")
    void newsThatWaitAreJoinedAsLongAsTheyAreFew() throws Exception {
        try (EventHub.Subscription other = listen(otherDevice())) {
            for (int i = 1; i <= Limits.MAX_PUSHED_NODES; i++) {
                commit("n" + i);
            }
            ChangePage all = take(other).pushed().after(Mark.START).orElseThrow();
            assertThat(all).isEqualTo(
                    server.core.server.libraries().changes(session, library, 0, Mark.START, 100));

            server.core.commit(session, library, changes(0, Limits.MAX_PUSHED_NODES + 1));
            assertThat(take(other)).isEqualTo(new LibraryEvent(library, 2 * Limits.MAX_PUSHED_NODES + 1));
        }
    }

    @Test
    @Tag("C6")
    void deviceHearsNothingOfItsOwnCommitsButAllOfOthers() throws Exception {
        Session other = otherDevice();
        try (EventHub.Subscription own = listen(session)) {
            commit("by me");
            assertThat(own.take(Duration.ZERO)).isEmpty();
            server.core.commit(other, library, new Change(0, server.core.folder(NodeId.ROOT, "by the other")));
            commit("by me again");

            LibraryEvent heard = take(own);

            assertThat(heard.head()).isEqualTo(2);
            assertThat(heard.pushed().after(server.core.server.libraries().changes(session, library, 0, null, 1).mark())
                    .orElseThrow().nodes()).extracting(Node::name).containsExactly("by the other");
        }
    }

    @Test
    void deviceThatKnowsNoChangesHearsOfItsOwnHeads() throws Exception {
        try (EventHub.Subscription plain = server.core.server.events().subscribe(session, false)) {
            commit("by me");
            assertThat(take(plain).head()).isEqualTo(1);
        }
    }

    @Test
    void bothCopiesOfADeviceHearOfWhatOneHasDone() throws Exception {
        try (EventHub.Subscription one = listen(session); EventHub.Subscription copy = listen(session)) {
            commit("by one of them");
            assertThat(take(one).head()).isEqualTo(1);
            assertThat(take(copy).head()).isEqualTo(1);
        }
    }

    @Test
    @Tag("A2")
    void nobodyHearsOfSomebodyElsesChanges() throws Exception {
        Session stranger = server.core.session("eve" + server.core.random.nextInt(Integer.MAX_VALUE));
        try (EventHub.Subscription strange = listen(stranger)) {
            save("secret", TestServer.chunk(server.core.bytes(100)));
            assertThat(strange.take(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void commitThatIsSentAgainTellsTheHeadOnly() throws Exception {
        Commit commit = commit(new Change(0, server.core.folder(NodeId.ROOT, "a")));
        try (EventHub.Subscription other = listen(otherDevice())) {
            server.core.upload(session, library, List.of(), commit);
            server.core.upload(session, library, List.of(), commit);
            assertThat(take(other).pushed()).isNotNull();
            server.core.upload(session, library, List.of(), commit);
            assertThat(take(other)).isEqualTo(new LibraryEvent(library, 1));
        }
    }

    @Test
    void newsForManyStreamsAreEncodedOnce() throws Exception {
        try (EventHub.Subscription one = listen(otherDevice()); EventHub.Subscription two = listen(otherDevice())) {
            commit("a");
            byte[] bytes = one.take(Duration.ZERO).getFirst().bytes(Routes.CBOR_SEQUENCE);
            assertThat(two.take(Duration.ZERO).getFirst().bytes(Routes.CBOR_SEQUENCE)).isSameAs(bytes);
        }
    }

    private Session otherDevice() throws Exception {
        return server.core.server.sessions().check(server.core.login(account), TestServer.ADDRESS);
    }

    private static EventHub.Subscription listen(Session listener) {
        return server.core.server.events().subscribe(listener, true);
    }

    private static LibraryEvent take(EventHub.Subscription stream) throws InterruptedException {
        List<News> news = stream.take(Duration.ZERO);
        assertThat(news).hasSize(1);
        return news.getFirst().event();
    }

    private Change[] changes(long base, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Change(base, server.core.folder(NodeId.ROOT, "many " + i))).toArray(Change[]::new);
    }

    private static Commit commit(Change... changes) {
        return new Commit(CommitId.random(server.core.random), List.of(changes));
    }

    private void save(String name, TestServer.Sent... chunks) throws Exception {
        RecipeEntry[] entries = Arrays.stream(chunks).map(TestServer.Sent::entry).toArray(RecipeEntry[]::new);
        Node file = server.core.file(NodeId.ROOT, name, TestServer.recipe(0, entries));
        assertThat(server.core.upload(session, library, List.of(chunks), commit(new Change(0, file))).commit()
                .outcomes().getFirst().isAccepted()).isTrue();
    }

    private void commit(String name) throws Exception {
        server.core.commit(session, library, new Change(0, server.core.folder(NodeId.ROOT, name)));
    }

    private static final class Listener implements AutoCloseable {
        private final BlockingQueue<LibraryEvent> events = new LinkedBlockingQueue<>();
        private final InputStream stream;
        volatile boolean isOver;

        Listener(String token) throws Exception {
            this(token, Routes.EVENT_STREAM);
        }

        Listener(String token, String mediaType) throws Exception {
            HttpResponse<InputStream> response = server.client.send(
                    server.request(Routes.EVENTS, token).header("Accept", mediaType).build(),
                    BodyHandlers.ofInputStream());
            stream = response.body();
            EventReader reader = EventReader.of(stream, response.headers().firstValue("Content-Type").orElseThrow());
            Thread.ofVirtual().start(() -> read(reader));
        }

        LibraryEvent next() throws InterruptedException {
            return events.poll(10, TimeUnit.SECONDS);
        }

        private void read(EventReader reader) {
            try {
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
