package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.events.EventHub.Subscription;
import org.tidebox.server.ingest.ContentWriter.Content;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Sql;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestStorage;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** What is written as bytes is read back as bytes, whole or in part, and counts like any upload. */
@Tag("C6")
@Tag("D6")
class ContentTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-31T12:00:00.123456789Z");
    /** More pieces than one recipe names. */
    private static final int LONG = 12_000_000;

    @TempDir
    Path folder;
    private final AtomicInteger reads = new AtomicInteger();
    private final Random random = new Random(4);
    private TestServer server;
    private Session session;
    private LibraryId library;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer(new ServerLocation(folder, "localhost", 0, false, Map.of()),
                TestStorage.behind(this::counted));
        session = server.session("ada");
        library = server.library(session, "docs");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_384, 300_000, LONG})
    void whatWasWrittenIsReadBack(int length) throws Exception {
        byte[] bytes = bytes(length);
        Node file = write("a", bytes);

        assertThat(file.recipe().size()).isEqualTo(length);
        assertThat(read(file, 0, Long.MAX_VALUE)).isEqualTo(bytes);
        assertThat(server.server.libraries().changes(session, library, 0, null, 10).nodes()).containsExactly(file);
        assertThat(file.attributes().mtime()).isEqualTo(1_769_860_800_123_456_789L);
        assertThat(new Upkeep(server.data, server.clock).check(false).findings()).isEmpty();
    }

    @Test
    void anyPartIsReadWithTheFewestChunks() throws Exception {
        byte[] bytes = bytes(LONG);
        Node file = write("a", bytes);
        assertThat(file.recipe().depth()).isEqualTo(1);
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(LONG);
            int length = random.nextInt(i % 2 == 0 ? 50 : 1_000_000);
            assertThat(read(file, from, length)).isEqualTo(Arrays.copyOfRange(bytes, from,
                    Math.min(LONG, from + length)));
        }
        reads.set(0);
        assertThat(read(file, LONG - 1, 1)).isEqualTo(new byte[]{bytes[LONG - 1]});
        assertThat(reads).as("a list and a piece").hasValue(2);
        reads.set(0);
        assertThat(read(file, LONG, 5)).isEmpty();
        assertThat(read(file, 7, 0)).isEmpty();
        assertThat(reads).hasValue(0);
        assertThatThrownBy(() -> read(file, LONG + 1L, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.server.budget().held()).isZero();
    }

    @Test
    void whatIsThereIsNotStoredAgain() throws Exception {
        byte[] bytes = bytes(1_000_000);
        write("a", bytes);
        long before = server.admin.stats().bytes();
        write("b", bytes);
        assertThat(server.admin.stats().bytes()).isEqualTo(before);
        bytes[500_000] ^= 1;
        write("a", bytes);
        assertThat(server.admin.stats().bytes() - before).as("one chunk changed").isBetween(1L, 300_000L);
    }

    @Test
    void anotherVersionKeepsTheFileAndItsPast() throws Exception {
        Node folder = server.folder(NodeId.ROOT, "f");
        Node first = server.file(folder.id(), "a", write("x", bytes(10)).recipe())
                .withAttributes(new Attributes(0700, 5));
        server.commit(session, library, new Change(0, folder), new Change(0, first));

        Node second = write("f/a", new byte[]{1, 2, 3});

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.attributes().mode()).isEqualTo(0700);
        assertThat(server.server.libraries().history(session, library, first.id(), Long.MAX_VALUE, 9).versions())
                .hasSize(2).first().satisfies(version -> assertThat(version.device()).isEqualTo("laptop"));
        Node old = server.server.paths().file(session, library, "f/a", second.sequence() - 1);
        assertThat(read(old, 0, 99)).hasSize(10);
        assertThat(read(server.server.paths().file(session, library, "f/a", 0), 0, 99)).containsExactly(1, 2, 3);
        assertProblem(ProblemType.NOT_FOUND, () -> server.server.paths().file(session, library, "f/a", 1));
    }

    @Test
    void missingFoldersAreMadeAndOthersAreUsed() throws Exception {
        write("one/two/a", bytes(5));
        write("one/b", bytes(5));
        assertThat(server.server.libraries().changes(session, library, 0, null, 10).nodes()).extracting(Node::name)
                .containsExactly("one", "two", "a", "b");
    }

    @Test
    void pathsThatCannotBeAreRefused() throws Exception {
        write("file", bytes(5));
        for (String bad : List.of("", "..", "a/../b", "a//b", "/a", "a/", ".", "a\0b", "file/b", "x".repeat(256))) {
            assertProblem(ProblemType.BAD_NAME, () -> write(bad, bytes(5)));
        }
        write("folder/a", bytes(5));
        assertProblem(ProblemType.BAD_NAME, () -> write("folder", bytes(5)));
        assertProblem(ProblemType.BAD_REQUEST, () -> server.server.paths().file(session, library, "folder", 0));
        assertProblem(ProblemType.NOT_FOUND, () -> server.server.paths().file(session, library, "folder/b", 0));
    }

    @Test
    void quotaHoldsAndNothingIsCommittedBeyondIt() throws Exception {
        server.admin.setQuota("ada", 1_000_000);
        assertProblem(ProblemType.QUOTA_EXCEEDED, () -> write("big", bytes(5_000_000)));
        assertThat(server.server.libraries().find(session, library).head()).isZero();
        assertThat(server.server.budget().held()).isZero();
    }

    @Test
    void nobodyReachesTheLibraryOfAnother() throws Exception {
        Node file = write("a", bytes(100));
        Session other = server.session("bob");
        assertProblem(ProblemType.NOT_FOUND, () -> server.server.paths().file(other, library, "a", 0));
        assertProblem(ProblemType.NOT_FOUND, () -> server.server.paths().list(other, library, "", 0, 9));
        assertProblem(ProblemType.NOT_FOUND,
                () -> server.server.writer().write(other, library, "b", content(bytes(5))));
        // Not even with the recipe.
        assertProblem(ProblemType.NOT_FOUND,
                () -> server.server.reader().read(other, file.recipe(), 0, 9, new ByteArrayOutputStream()));
    }

    @Test
    void whoIsCutOffMeanwhileIsStopped() throws Exception {
        byte[] bytes = bytes(3_000_000);
        ReadableByteChannel slow = new ReadableByteChannel() {
            private final ByteBuffer rest = ByteBuffer.wrap(bytes);

            @Override
            public int read(ByteBuffer into) throws IOException {
                if (rest.position() == 0) {
                    try {
                        server.admin.disableAccount("ada", true, true);
                    } catch (AdminException e) {
                        throw new IOException(e);
                    }
                }
                int count = Math.min(into.remaining(), rest.remaining());
                into.put(rest.slice(rest.position(), count));
                rest.position(rest.position() + count);
                return count == 0 ? -1 : count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
        assertProblem(ProblemType.DISABLED,
                () -> server.server.writer().write(session, library, "a", new Content(slow, 0, MODIFIED)));
        server.admin.disableAccount("ada", false, true);
        assertThat(server.server.libraries().find(session, library).head()).isZero();
    }

    @Test
    void manyWhoWriteToOnePathAllSucceed() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Node>> written = threads.invokeAll(
                    Collections.nCopies(4, () -> write("f/a", new byte[]{(byte) reads.incrementAndGet()})));
            for (Future<Node> one : written) {
                assertThat(one.get().name()).isEqualTo("a");
            }
        }
        Node last = server.server.paths().file(session, library, "f/a", 0);
        assertThat(server.server.libraries().history(session, library, last.id(), Long.MAX_VALUE, 9).versions())
                .hasSize(4);
    }

    @Test
    void devicesHearOfWhatWasWritten() throws Exception {
        try (Subscription news = server.server.events().subscribe(session, true)) {
            server.server.writer().write(Session.ofOperator(session.account()), library, "a", content(bytes(5)));
            assertThat(news.take(Duration.ofSeconds(10))).singleElement()
                    .satisfies(one -> assertThat(one.event().head()).isEqualTo(1));
        }
        assertThat(server.server.libraries().history(session, library, server.server.paths()
                .file(session, library, "a", 0).id(), Long.MAX_VALUE, 9).versions()).singleElement()
                .satisfies(version -> assertThat(version.device()).isEqualTo("the server"));
    }

    @Test
    void damageIsToldAndNothingWrongComes() throws Exception {
        Node file = write("a", bytes(400_000));
        Sql.run(folder, "UPDATE chunks SET position = position + 1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertProblem(ProblemType.NOT_FOUND, () -> server.server.reader().read(session, file.recipe(), 0, 9, out));
        assertThat(out.size()).isZero();
    }

    private Node write(String path, byte[] bytes) throws Exception {
        return server.server.writer().write(session, library, path, content(bytes));
    }

    private static Content content(byte[] bytes) {
        return new Content(Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length, MODIFIED);
    }

    private byte[] read(Node file, long from, long length) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        server.server.reader().read(session, file.recipe(), from, length, out);
        return out.toByteArray();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T counted(Class<T> api, T store) {
        return api != PackStore.class
                ? store
                : api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[]{api},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("read")) {
                                reads.incrementAndGet();
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    private static void assertProblem(ProblemType type, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.getType()).isEqualTo(type));
    }
}
