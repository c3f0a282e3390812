package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.sync.http.FakeServer.Exchange;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Over HTTP/2 and TLS 1.3 with a real Jetty: questions, downloads, and answers that are none. */
@Tag("C6")
class HttpRemoteTest extends OnFakeServer {
    @Test
    @Tag("C1")
    void markThatWasSeenIsSentAndWhatTheServerLacksIsTold() {
        Mark seen = new Mark(3, new byte[Mark.DIGEST_LENGTH]);
        fake.on(Routes.changes(LIBRARY), exchange -> exchange.send(ProblemType.SET_BACK.because("no such history")));
        assertThatThrownBy(() -> connection.changes(LIBRARY, 3, seen)).isInstanceOfSatisfying(RemoteException.class,
                e -> {
                    assertThat(e.getReason()).isEqualTo(Reason.SET_BACK);
                    assertThat(e).hasMessage("no such history");
                });
        assertThat(fake.requests()).singleElement().asString().contains("?since=3&limit=5000&seen=" + seen.toHex());
    }

    @Test
    void requestsGoOverHttp2WithTheToken() throws Exception {
        Library library = new Library(LIBRARY, "a", LibraryKind.SYNC, 3);
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(new Libraries(List.of(library))));
        fake.on(Routes.changes(LIBRARY), exchange -> exchange.send(new ChangePage(List.of(), 4, 4)));
        assertThat(connection.libraries()).containsExactly(library);
        assertThat(connection.changes(LIBRARY, 3, null)).isEqualTo(new ChangePage(List.of(), 4, 4));
        assertThat(fake.requests()).containsExactly("HTTP/2.0 GET /api/v1/libraries Bearer the-token",
                "HTTP/2.0 GET " + Routes.changes(LIBRARY) + "?since=3&limit=5000 Bearer the-token");
        assertThat(connection.counters().requests()).isEqualTo(2);
    }

    @Test
    void aLoginGivesAToken() throws Exception {
        fake.on(Routes.LOGIN, exchange -> exchange.send(new Welcome("anna", "laptop", "t0ken")));
        HttpConnector connector = new HttpConnector(SHORT);
        assertThat(connector.login(server.address(), "anna", "pass".toCharArray(), "laptop").token())
                .isEqualTo("t0ken");
        fake.on(Routes.LOGIN, exchange -> exchange.send(ProblemType.WRONG_CREDENTIALS.because("try again")));
        assertThatThrownBy(() -> connector.login(server.address(), "anna", "x".toCharArray(), "laptop"))
                .isInstanceOf(RemoteException.class).hasMessage("try again")
                .extracting(e -> ((RemoteException) e).getReason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void manyIdsAreAskedForInPortions() throws Exception {
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            ids.add(chunk(0).id());
        }
        List<Integer> portions = new ArrayList<>();
        fake.on(Routes.missing(LIBRARY), exchange -> {
            List<ChunkId> asked = exchange.read(ChunkIds.class).ids();
            portions.add(asked.size());
            exchange.send(new ChunkIds(asked.subList(0, 2)));
        });
        fake.on(Routes.fetch(LIBRARY), HttpRemoteTest::sendChunks);
        assertThat(connection.missing(LIBRARY, ids)).isEqualTo(Set.of(ids.get(0), ids.get(1), ids.get(10_000),
                ids.get(10_001), ids.get(20_000), ids.get(20_001)));
        assertThat(portions).containsExactly(10_000, 10_000, 5_000);
        List<ChunkId> received = new ArrayList<>();
        connection.fetch(LIBRARY, ids, chunk -> received.add(chunk.id()));
        assertThat(received).isEqualTo(ids);
        assertThat(connection.missing(LIBRARY, List.of())).isEmpty();
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        CountDownLatch forever = new CountDownLatch(1);
        EncodedChunk first = chunk(10);
        fake.on(Routes.LIBRARIES, exchange -> waitFor(forever));
        fake.on(Routes.upload(LIBRARY), exchange -> waitFor(forever));
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            OutputStream out = exchange.start(Routes.FRAMES);
            FrameWriter frames = new FrameWriter(out);
            frames.writeChunk(first, 0);
            frames.flush();
            waitFor(forever);
        });
        assertUnreachable("does not answer any more: nothing moved for 2 s", connection::libraries);
        assertUnreachable("does not answer any more",
                () -> connection.upload(LIBRARY, chunks(Integer.MAX_VALUE, 100_000), null));
        assertUnreachable("does not answer any more", () -> connection.upload(LIBRARY, chunks(1, 1), null));
        assertUnreachable("does not answer any more",
                () -> connection.fetch(LIBRARY, List.of(first.id(), first.id()), chunk -> {
                }));
        forever.countDown();
    }

    @Test
    void aProblemInTheMiddleOfADownloadIsTold() {
        EncodedChunk chunk = chunk(5);
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
            frames.writeChunk(chunk, 0);
            frames.writeProblem(ProblemType.INTERNAL.because("a pack is damaged"));
        });
        Set<ChunkId> received = new HashSet<>();
        RemoteException failure = catchThrowableOfType(RemoteException.class, () -> connection.fetch(LIBRARY,
                List.of(chunk.id(), chunk(6).id()), got -> received.add(got.id())));
        assertThat(failure).hasMessage("a pack is damaged");
        assertThat(failure.getReason()).isEqualTo(Reason.FAILED);
        assertThat(received).containsExactly(chunk.id());
    }

    @Test
    void chunksThatNobodyAskedForAreRefused() {
        fake.on(Routes.fetch(LIBRARY), exchange -> {
            FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
            frames.writeChunk(chunk(5), 0);
            frames.writeEnd();
        });
        assertThatThrownBy(() -> connection.fetch(LIBRARY, List.of(chunk(1).id()), chunk -> {
        }))
                .isInstanceOf(RemoteException.class).hasMessageContaining("not the one asked for");
    }

    @ParameterizedTest
    @CsvSource({"BAD_REQUEST,REFUSED", "BAD_NAME,REFUSED", "BAD_CHUNK,FAILED", "NOT_LOGGED_IN,NOT_LOGGED_IN",
            "WRONG_CREDENTIALS,REFUSED", "BAD_JOIN_CODE,REFUSED", "TOKEN_EXPIRED,NOT_LOGGED_IN",
            "DISABLED,NOT_LOGGED_IN",
            "NOT_FOUND,REFUSED", "SET_BACK,SET_BACK", "BASE_GONE,FAILED", "TOO_LARGE,REFUSED",
            "TOO_MANY_ATTEMPTS,FAILED", "BUSY,FAILED",
            "INTERNAL,FAILED",
            "UNAVAILABLE,FAILED",
            "QUOTA_EXCEEDED,NO_ROOM", "STORE_FULL,NO_ROOM"})
    void problemsBecomeReasons(ProblemType type, Reason reason) {
        fake.on(Routes.LIBRARIES, exchange -> exchange.send(type.because("this happened")));
        RemoteException failure = catchThrowableOfType(RemoteException.class, connection::libraries);
        assertThat(failure).hasMessage("this happened");
        assertThat(failure.getReason()).isEqualTo(reason);
    }

    @Test
    void answersOfSomethingElseAreNotUnderstood() {
        assertThatThrownBy(connection::libraries).isInstanceOf(RemoteException.class)
                .hasMessageContaining("HTTP status 404").hasMessageContaining("is it a Tidebox server?");
        fake.on(Routes.LIBRARIES, exchange -> exchange.start("text/html").write("<html>".getBytes()));
        assertThatThrownBy(connection::libraries).isInstanceOf(RemoteException.class)
                .hasMessageContaining("text/html");
        fake.on(Routes.LIBRARIES, exchange -> exchange.start(Routes.JSON).write("{\"lib".getBytes()));
        assertThatThrownBy(connection::libraries).isInstanceOf(RemoteException.class)
                .hasMessageContaining("cannot understand: cannot read a Libraries");
    }

    private static void assertUnreachable(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RemoteException.class).hasMessageContaining(message)
                .extracting(e -> ((RemoteException) e).getReason()).isEqualTo(Reason.UNREACHABLE);
    }

    private static void sendChunks(Exchange exchange) throws IOException, WireException {
        ChunkIds wanted = exchange.read(ChunkIds.class);
        FrameWriter frames = new FrameWriter(exchange.start(Routes.FRAMES));
        for (ChunkId id : wanted.ids()) {
            frames.writeChunk(new EncodedChunk(id, Encoding.RAW, 0, ByteBuffer.allocate(0)), 0);
        }
        frames.writeEnd();
    }
}
