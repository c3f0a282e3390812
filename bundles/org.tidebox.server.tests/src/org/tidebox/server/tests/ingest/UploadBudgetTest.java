package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** What uploads take of the memory that all share, and that they give it back. */
@Tag("C5")
@Tag("D6")
@Timeout(60)
class UploadBudgetTest {
    /** What an entry of a recipe takes on the heap, at least: two objects and the bytes of its id. */
    private static final int ENTRY = 88;
    @TempDir
    static Path folder;
    private static TestServer server;
    private Session session;
    private LibraryId library;

    @BeforeAll
    static void open() throws Exception {
        server = new TestServer(folder, new Budget(8 << 20, Duration.ofSeconds(30)));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void join() throws Exception {
        session = server.session("ada" + server.random.nextInt(Integer.MAX_VALUE));
        library = server.library(session, "docs");
    }

    @AfterEach
    void allIsGivenBack() {
        assertThat(server.server.budget().held()).isZero();
    }

    @Test
    void listsAreCountedWithWhatTheyBecome() throws Exception {
        int lists = 20;
        Sent piece = TestServer.chunk(server.bytes(10));
        List<Sent> sent = new ArrayList<>(List.of(piece));
        sent.addAll(Collections.nCopies(lists, list(piece)));
        byte[] frames = TestServer.frames(sent, null);
        int end = frames.length - 5;
        List<Long> held = new ArrayList<>();
        InputStream watched = new SequenceInputStream(new ByteArrayInputStream(frames, 0, end),
                new Watched(Arrays.copyOfRange(frames, end, frames.length), held));

        server.server.transfers().upload(session, library, watched);

        assertThat(frames.length).isLessThan(lists * 200);
        assertThat(held.getFirst()).isGreaterThan((long) lists * Recipe.MAX_ENTRIES * ENTRY);
    }

    @Test
    void oneListSentAgainAndAgainFitsIntoLittleMemory() throws Exception {
        Sent piece = TestServer.chunk(server.bytes(10));
        List<Sent> sent = new ArrayList<>(List.of(piece));
        sent.addAll(Collections.nCopies(2_000, list(piece)));
        assertThat(server.upload(session, library, sent, null).stored()).isEqualTo(2);
    }

    private static Sent list(Sent piece) {
        return TestServer.list(1, Collections.nCopies(Recipe.MAX_ENTRIES, piece.entry()).toArray(RecipeEntry[]::new));
    }

    @Test
    void anUploadThatBreaksOffAnywhereGivesAllBack() throws Exception {
        List<Sent> sent = List.of(TestServer.chunk(server.bytes(500)), TestServer.chunk(server.bytes(500)));
        byte[] frames = TestServer.frames(sent, new Commit(CommitId.random(server.random),
                List.of(new Change(0, server.folder(NodeId.ROOT, "a")))));
        for (int length = 0; length < frames.length; length += 13) {
            InputStream cut = new ByteArrayInputStream(frames, 0, length);
            assertThatThrownBy(() -> server.server.transfers().upload(session, library, cut))
                    .isInstanceOf(ProblemException.class);
            InputStream broken = new SequenceInputStream(new ByteArrayInputStream(frames, 0, length), new Broken());
            assertThatThrownBy(() -> server.server.transfers().upload(session, library, broken))
                    .isInstanceOf(IOException.class);
            assertThat(server.server.budget().held()).isZero();
        }
    }

    @Test
    void listsThatAreTooLongAreRefusedBeforeTheyAreRead() throws Exception {
        byte[] entries = new byte[(Recipe.MAX_ENTRIES + 1) * (ChunkId.LENGTH + Long.BYTES)];
        ProblemException refusal = catchThrowableOfType(ProblemException.class,
                () -> server.upload(session, library, TestServer.chunk(entries, 1)));
        assertThat(refusal.getType()).isEqualTo(ProblemType.BAD_CHUNK);
    }

    /** Notes what is held when the reader comes here. */
    private static final class Watched extends ByteArrayInputStream {
        private final List<Long> held;

        Watched(byte[] bytes, List<Long> held) {
            super(bytes);
            this.held = held;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            held.add(server.server.budget().held());
            return super.read(bytes, offset, length);
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the test says so");
        }
    }
}
