package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.remote.RemoteException;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Compression;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Routes;

/** Long commits and long answers take few bytes, where both sides know how. */
@Tag("C6")
class HttpCompressionTest extends OnFakeServer {
    private final List<Commit> received = new ArrayList<>();

    @BeforeEach
    void takeUploads() {
        fake.on(Routes.upload(LIBRARY), exchange -> {
            received.add(((CommitFrame) new FrameReader(exchange.body()).next()).commit());
            exchange.send(new Uploaded(0, new CommitResult(1, List.of())));
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 120000, 200000", "3, 1000, 40000"})
    void aLongCommitIsCompressedWhereTheServerKnowsThat(int version, long least, long most) throws Exception {
        fake.on(Routes.INFO, exchange -> exchange.send(new ServerInfo("tidebox", "1", List.of(1, version))));
        Commit commit = commit(1_000);
        connection.upload(LIBRARY, chunks(0, 0), commit);
        assertThat(received).containsExactly(commit);
        assertThat(connection.counters().bytesSent()).isBetween(least, most);
    }

    @Test
    void aShortCommitTakesOneRequest() throws Exception {
        connection.upload(LIBRARY, chunks(0, 0), commit(3));
        assertThat(received).containsExactly(commit(3));
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void aCompressedAnswerIsRead() throws Exception {
        ChangePage page = new ChangePage(commit(1_000).changes().stream().map(Change::node).toList(), 4, 4);
        List<String> accepted = new ArrayList<>();
        fake.on(Routes.changes(LIBRARY), exchange -> {
            accepted.add(exchange.request().getHeaders().get(HttpHeader.ACCEPT_ENCODING));
            answer(exchange, Compression.CODING, Compression.compress(Codec.write(page, Routes.CBOR)));
        });
        assertThat(connection.changes(LIBRARY, 0, null)).isEqualTo(page);
        assertThat(accepted).containsExactly(Compression.CODING);
        assertThat(connection.counters().bytesReceived()).isLessThan(40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void anAnswerThatCannotBeExpandedIsRefused(String coding) throws Exception {
        byte[] whole = Compression.compress(Codec.write(new ChangePage(List.of(), 4, 4), Routes.CBOR));
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        fake.on(Routes.changes(LIBRARY), exchange -> answer(exchange, coding, cut));
        assertThatThrownBy(() -> connection.changes(LIBRARY, 0, null)).isInstanceOf(RemoteException.class);
    }

    @Test
    void anAnswerThatExpandsWithoutEndIsRefused() throws Exception {
        byte[] blanks = new byte[Limits.MAX_MESSAGE + 1];
        Arrays.fill(blanks, (byte) ' ');
        byte[] bomb = Compression.compress(blanks);
        assertThat(bomb).hasSizeLessThan(10_000);
        fake.on(Routes.changes(LIBRARY), exchange -> answer(exchange, Compression.CODING, Routes.JSON, bomb));
        assertThatThrownBy(() -> connection.changes(LIBRARY, 0, null)).isInstanceOf(RemoteException.class)
                .hasMessageContaining("at most " + Limits.MAX_MESSAGE);
    }

    private static void answer(FakeServer.Exchange exchange, String coding, byte[] body) throws IOException {
        answer(exchange, coding, Routes.CBOR, body);
    }

    private static void answer(FakeServer.Exchange exchange, String coding, String type, byte[] body)
            throws IOException {
        exchange.response().getHeaders().put(HttpHeader.CONTENT_ENCODING, coding);
        try (OutputStream out = exchange.start(type)) {
            out.write(body);
        }
    }

    private static Commit commit(int folders) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < folders; i++) {
            byte[] id = new byte[16];
            id[0] = 1;
            id[14] = (byte) (i >> 8);
            id[15] = (byte) i;
            changes.add(new Change(0, Node.folder(new NodeId(id), NodeId.ROOT, "f" + i, new Attributes(-1, i))));
        }
        return new Commit(new CommitId(new byte[16]), changes);
    }
}
