package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.ChunkPatch.Kind;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.remote.Remote.Patched;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.http.Requests.Patience;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Frame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.PatchFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Routes;

/** Patches over HTTP, with servers that know them, do not, or mean harm. */
@Tag("C5")
@Timeout(60)
class HttpPatchesTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.create();
    private static final Random RANDOM = new Random(6);
    private static final LibraryId LIBRARY = LibraryId.random(RANDOM);
    private static final ChunkId ONE = id();
    private static final ChunkId OTHER = id();
    private static final BlockSignature SIGNATURE = BlockSignature.of(ByteBuffer.allocate(5_000));
    private static final EncodedChunk CHUNK = new EncodedChunk(ONE, Encoding.RAW, 3, ByteBuffer.allocate(3));
    private static final ChunkPatch PATCH = new ChunkPatch(ONE, List.of(OTHER), Kind.DICTIONARY, 70,
            ByteBuffer.allocate(9));
    private static final List<ChunkWish> WISH = List.of(new ChunkWish(ONE, List.of(OTHER)));

    private final FakeServer fake = new FakeServer();
    private final List<Object> received = new ArrayList<>();
    private JettyServer server;
    private ServerConnection connection;

    @BeforeEach
    void start() throws Exception {
        server = new JettyServer(CERTIFICATE, fake);
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5));
        connection = new HttpConnector(patience).connect(server.address(), "the-token");
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void aServerOfVersionOneIsAskedAsBefore() throws Exception {
        speaks(1);
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            assertThat(exchange.read(ChunkIds.class).ids()).containsExactly(ONE);
            send(exchange, frames -> frames.writeChunk(CHUNK, 0));
        });

        assertThat(connection.signatures(LIBRARY, List.of(ONE))).isEmpty();
        fetch();

        assertThat(received).containsExactly(CHUNK);
        assertThat(fake.requests()).hasSize(2);
    }

    @Test
    void whatCannotBePatchedTakesNoQuestion() throws Exception {
        fake.on(Routes.fetch(LIBRARY), exchange -> send(exchange, frames -> frames.writeChunk(CHUNK, 0)));

        assertThat(connection.signatures(LIBRARY, List.of())).isEmpty();
        connection.fetchPatches(LIBRARY, List.of(new ChunkWish(ONE, List.of())), received::add, received::add);

        assertThat(received).containsExactly(CHUNK);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void patchesComeWhereTheServerKnowsThem() throws Exception {
        speaks(1, 2);
        fake.on(Routes.patches(LIBRARY), exchange -> {
            assertThat(exchange.read(ChunkWishes.class).wishes()).isEqualTo(WISH);
            send(exchange, frames -> frames.writePatch(PATCH, 0));
        });

        fetch();
        fetch();

        assertThat(received).containsExactly(PATCH, PATCH);
        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void signaturesAreAskedForInPortions() throws Exception {
        speaks(1, 2);
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            ids.add(id());
        }
        List<Integer> portions = Collections.synchronizedList(new ArrayList<>());
        fake.on(Routes.signatures(LIBRARY), exchange -> {
            List<ChunkId> asked = exchange.read(ChunkIds.class).ids();
            portions.add(asked.size());
            send(exchange, frames -> {
                for (ChunkId id : asked.subList(1, asked.size())) {
                    frames.writeSignature(id, SIGNATURE);
                }
            });
        });

        Map<ChunkId, BlockSignature> signatures = connection.signatures(LIBRARY, ids);

        assertThat(portions).containsExactly(1_000, 500);
        assertThat(signatures).hasSize(1_498).doesNotContainKey(ids.getFirst()).containsEntry(ids.get(1), SIGNATURE);
    }

    @Test
    void patchesAreSent() throws Exception {
        List<Frame> frames = Collections.synchronizedList(new ArrayList<>());
        fake.on(Routes.upload(LIBRARY), exchange -> {
            FrameReader reader = new FrameReader(exchange.body());
            for (Frame frame = reader.next(); !(frame instanceof EndFrame); frame = reader.next()) {
                frames.add(frame);
            }
            exchange.send(new Uploaded(1, null));
        });
        List<Patched> left = new ArrayList<>(List.of(new Patched(PATCH, 3)));

        connection.upload(LIBRARY, () -> left.isEmpty() ? null : left.removeFirst(), null);

        assertThat(frames).containsExactly(new PatchFrame(PATCH, 3));
    }

    @Test
    void whatNobodyAskedForIsRefused() {
        speaks(1, 2);
        for (Answer answer : List.<Answer>of(frames -> frames.writePatch(new ChunkPatch(OTHER, PATCH.bases(),
                PATCH.kind(), 70, PATCH.data()), 0), frames -> frames.writeSignature(ONE, SIGNATURE), frames -> {
                    frames.writePatch(PATCH, 0);
                    frames.writePatch(PATCH, 0);
                }, frames -> frames.flush())) {
            fake.on(Routes.patches(LIBRARY), exchange -> send(exchange, answer));
            assertThatThrownBy(this::fetch).isInstanceOf(RemoteException.class).hasMessageContaining("understand");
        }
        for (Answer answer : List.<Answer>of(frames -> frames.writeChunk(CHUNK, 0), frames -> {
            frames.writeSignature(ONE, SIGNATURE);
            frames.writeSignature(ONE, SIGNATURE);
        }, frames -> frames.writeSignature(OTHER, SIGNATURE))) {
            fake.on(Routes.signatures(LIBRARY), exchange -> send(exchange, answer));
            assertThatThrownBy(() -> connection.signatures(LIBRARY, List.of(ONE)))
                    .isInstanceOf(RemoteException.class).hasMessageContaining("understand");
        }
        fake.on(Routes.fetch(LIBRARY), exchange -> send(exchange, frames -> frames.writePatch(PATCH, 0)));
        assertThatThrownBy(() -> connection.fetch(LIBRARY, List.of(ONE), received::add))
                .isInstanceOf(RemoteException.class).hasMessageContaining("without having asked");
    }

    private void fetch() throws RemoteException {
        connection.fetchPatches(LIBRARY, WISH, received::add, received::add);
    }

    private void speaks(Integer... versions) {
        fake.on(Routes.INFO, exchange -> exchange.send(new ServerInfo("tidebox", "1", List.of(versions))));
    }

    private interface Answer {
        void write(FrameWriter frames) throws IOException;
    }

    private static void send(FakeServer.Exchange exchange, Answer answer) throws IOException {
        // What is left of the request would end the connection.
        exchange.body().readAllBytes();
        FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
        answer.write(frames);
        frames.writeEnd();
    }

    private static ChunkId id() {
        byte[] id = new byte[ChunkId.LENGTH];
        RANDOM.nextBytes(id);
        return new ChunkId(id);
    }
}
