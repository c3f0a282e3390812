package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.Bandwidth;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.EventCodec;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.PushedChanges;
import org.tidebox.wire.Routes;

/** Contents keep to a device's limits on all of its connections, in a time of the test's own; what else passes does not wait. */
@Tag("C5")
class HttpLimitTest extends OnFakeServer {
    private static final int LENGTH = 100_000;
    private static final int COUNT = 20;
    private static final double SECONDS = 2;
    private static final long RATE = (long) (COUNT * LENGTH / SECONDS);
    private final FakeTime time = new FakeTime();
    private final HttpConnector connector = new HttpConnector(Patience.DEFAULT, new Throttles(time));
    private ServerConnection limited;

    @BeforeEach
    void connect() {
        limited = connector.connect(server.address(), "the-token");
    }

    @AfterEach
    void disconnect() {
        limited.close();
    }

    @Test
    void uploadsKeepToTheirLimitOnAllConnectionsTogether() throws Exception {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.send(new Uploaded(1, null));
        });
        limited.upload(LIBRARY, chunks(COUNT, LENGTH), null);
        assertThat(time.seconds()).isZero();
        connector.limit(new Bandwidth(RATE, 0));
        limited.upload(LIBRARY, chunks(COUNT, LENGTH), null);
        assertThat(time.seconds()).isCloseTo(SECONDS, within(0.3));
        try (ServerConnection other = connector.connect(server.address(), "the-token")) {
            other.upload(LIBRARY, chunks(COUNT, LENGTH), null);
        }
        assertThat(time.seconds()).isCloseTo(2 * SECONDS, within(0.6));
    }

    @Test
    void downloadsKeepToTheirs() throws Exception {
        assertThat(requestsOfADownload(RATE)).containsExactly(COUNT);
        assertThat(time.seconds()).isCloseTo(SECONDS, within(0.3));
    }

    @Test
    void whatPassesSlowlyIsAskedForLittleByLittle() throws Exception {
        List<Integer> requests = requestsOfADownload(RATE / 10);
        assertThat(requests).allMatch(count -> (count - 1) * LENGTH <= 3 * RATE / 10);
        assertThat(requests.stream().mapToInt(Integer::intValue).sum()).isEqualTo(COUNT);
        assertThat(time.seconds()).isCloseTo(10 * SECONDS, within(1.0));
    }

    /** Fetches some chunks, all in their order, and returns for how many each request asked. */
    private List<Integer> requestsOfADownload(long rate) throws RemoteException {
        Map<ChunkId, EncodedChunk> stored = new LinkedHashMap<>();
        for (int i = 0; i < COUNT; i++) {
            EncodedChunk chunk = chunk(LENGTH);
            stored.put(chunk.id(), chunk);
        }
        List<Integer> requests = new ArrayList<>();
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            List<ChunkId> asked = exchange.read(ChunkIds.class).ids();
            requests.add(asked.size());
            FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
            for (ChunkId id : asked) {
                frames.writeChunk(stored.get(id), 0);
            }
            frames.writeEnd();
        });
        connector.limit(new Bandwidth(0, rate));
        List<ChunkId> received = new ArrayList<>();
        limited.fetch(LIBRARY, List.copyOf(stored.keySet()), chunk -> received.add(chunk.id()));
        assertThat(received).containsExactlyElementsOf(stored.keySet());
        return requests;
    }

    @Test
    void contentsThatComeWithTheNewsKeepToTheLimitOfDownloads() throws Exception {
        int length = 8_000;
        byte[] event = EventCodec.write(event(chunk(length)), Routes.CBOR_SEQUENCE);
        fake.on(Routes.EVENTS, exchange -> {
            try (OutputStream out = exchange.start(Routes.CBOR_SEQUENCE)) {
                for (int i = 0; i < COUNT; i++) {
                    out.write(event);
                }
            }
        });
        connector.limit(new Bandwidth(0, (long) (COUNT * length / SECONDS)));
        CountDownLatch end = new CountDownLatch(1);
        List<LibraryEvent> came = new CopyOnWriteArrayList<>();
        limited.events(new EventListener() {
            @Override
            public void connected() {
                // The events follow.
            }

            @Override
            public void event(LibraryEvent told) {
                came.add(told);
            }

            @Override
            public void disconnected(RemoteException why) {
                end.countDown();
            }
        });
        assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(came).hasSizeGreaterThanOrEqualTo(COUNT);
        assertThat(time.seconds()).isGreaterThan(SECONDS - 0.3);
    }

    private static LibraryEvent event(EncodedChunk chunk) {
        Node folder = Node.folder(NodeId.parse("11".repeat(NodeId.LENGTH)), NodeId.ROOT, "a", new Attributes(0755, 1))
                .withSequence(1);
        return new LibraryEvent(LIBRARY, 1, false, PushedChanges.of(new CommitId(new byte[CommitId.LENGTH]),
                List.of(folder), Mark.START.at(1), List.of(chunk)).orElseThrow());
    }

    @Test
    void questionsDoNotWait() throws RemoteException {
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(new Libraries(List.of())));
        connector.limit(new Bandwidth(Bandwidth.LOWEST, Bandwidth.LOWEST));
        for (int i = 0; i < 50; i++) {
            assertThat(limited.libraries()).isEmpty();
        }
        assertThat(time.seconds()).isZero();
    }
}
