package org.tidebox.sync.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.tests.TinyChunker;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/** What two versions share is copied beside, whole and in its place, and nothing else. */
@Tag("C5")
class CopierTest {
    private static final Chunker CHUNKER = new TinyChunker(512);
    private static final int SIZE = 2_000_000;
    /** So far behind its old place everything goes. */
    private static final int SHIFT = 5_000;

    @TempDir
    Path folder;
    private final byte[] content = new byte[SIZE];
    private final Map<ChunkId, byte[]> chunks = new HashMap<>();
    private Path file;
    private Recipe recipe;
    private List<Placed> lists;
    private Incoming incoming;

    @BeforeEach
    void write() throws IOException {
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("file"), content);
        recipe = ContentChunks.<RuntimeException>cut(Channels.newChannel(new ByteArrayInputStream(content)), CHUNKER,
                this::keep);
        lists = Placed.of(recipe.entries(), 0);
        assertThat(recipe.depth()).isEqualTo(1);
        incoming = new Incoming(new Node(NodeId.random(new Random(2)), 1, NodeId.ROOT, "file", NodeKind.FILE,
                new Attributes(Attributes.NO_MODE, 0), recipe, null, false), new ConfinedRoot(folder), folder,
                Threads.REAL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stretchesAreCopiedWhetherTheirListsAreKnownOrNot(boolean areKnown) throws Exception {
        Parts parts = parts(Threads.REAL, areKnown);
        assertThat(copy(parts, CHUNKER).isEmpty()).isTrue();
        assertThat(copied(0, SIZE)).isEqualTo(content);
        for (Placed list : lists) {
            assertThat(parts.leaves().find(list.id()).orElseThrow().array()).isEqualTo(chunks.get(list.id()));
        }
    }

    @Test
    void ofAKnownListOnlyThePieceThatChangedIsMissing() throws Exception {
        Parts parts = parts(Threads.REAL, true);
        Placed list = lists.get(3);
        Placed piece = parts.leaves().pieces(list).orElseThrow().get(7);
        damage(piece);
        Copier.Missing missing = copy(parts, CHUNKER);
        assertThat(missing.lists()).isEmpty();
        assertThat(missing.pieces())
                .containsExactly(new Placed(piece.id(), piece.offset() + SHIFT, piece.length()));
        assertCopiedBut(piece);
    }

    @Test
    void aStretchThatChangedIsMissingAsAWhole() throws Exception {
        Placed list = lists.get(3);
        damage(list);
        Copier.Missing missing = copy(parts(Threads.REAL, false), CHUNKER);
        assertThat(missing.pieces()).isEmpty();
        assertThat(missing.lists()).containsExactly(new Placed(list.id(), list.offset() + SHIFT, list.length()));
        assertCopiedBut(list);
    }

    @Test
    void piecesAreCopiedAndChangedOnesAreMissing() throws Exception {
        Parts parts = parts(Threads.REAL, true);
        List<Placed> pieces = parts.leaves().pieces(lists.getFirst()).orElseThrow();
        damage(pieces.get(2));
        incoming.begin();
        try (OldContent old = old(parts, CHUNKER);
                Copier copier = new Copier(parts.leaves(), parts.work(), incoming, old)) {
            for (Placed piece : pieces) {
                copier.piece(piece, shifted(piece));
            }
            assertThat(copier.await()).isEqualTo(new Copier.Missing(List.of(), List.of(shifted(pieces.get(2)))));
            assertThat(copier.await().isEmpty()).isTrue();
        }
        assertThat(copied(0, (int) pieces.get(2).offset()))
                .isEqualTo(Arrays.copyOf(content, (int) pieces.get(2).offset()));
    }

    @Test
    void whatCannotBeReadIsMissing() throws Exception {
        Parts parts = parts(Threads.REAL, false);
        incoming.begin();
        try (OldContent old = old(parts, CHUNKER);
                Copier copier = new Copier(parts.leaves(), parts.work(), incoming, old)) {
            old.close();
            copier.stretch(lists.getFirst(), lists.getFirst());
            assertThat(copier.await().lists()).containsExactly(lists.getFirst());
        }
    }

    @Test
    void afterItIsClosedNothingIsWritten() throws Exception {
        Deque<Runnable> begun = new ArrayDeque<>();
        Parts parts = parts(new Threads() {
            @Override
            public void start(String name, Runnable work) {
                begun.add(work);
            }

            @Override
            public void await(Object monitor, Duration time) {
                begun.remove().run();
            }
        }, true);
        incoming.begin();
        try (OldContent old = old(parts, CHUNKER)) {
            Copier copier = new Copier(parts.leaves(), parts.work(), incoming, old);
            lists.forEach(list -> add(copier, list));
            assertThat(begun).hasSizeGreaterThan(1);
            Thread closer = Thread.ofPlatform().start(copier::close);
            await().until(() -> closer.getState() == Thread.State.WAITING);
            begun.forEach(Runnable::run);
            closer.join();
        }
        assertThat(Files.exists(incoming.temporary())).isFalse();
    }

    @Test
    void aBugReachesWhoWaits() throws Exception {
        Chunker broken = new BrokenChunker();
        Parts parts = parts(Threads.REAL, false);
        incoming.begin();
        try (OldContent old = old(parts, broken);
                Copier copier = new Copier(parts.leaves(), parts.work(), incoming, old)) {
            lists.forEach(list -> add(copier, list));
            assertThatIllegalStateException().isThrownBy(copier::await)
                    .withStackTraceContaining("'tiny512' cut off 0 bytes");
        }
    }

    /** Finds no cut. */
    private static final class BrokenChunker implements Chunker {
        @Override
        public String name() {
            return CHUNKER.name();
        }

        @Override
        public int maxLength() {
            return CHUNKER.maxLength();
        }

        @Override
        public int cut(byte[] data, int from, int to) {
            return 0;
        }
    }

    private Copier.Missing copy(Parts parts, Chunker chunker) throws Exception {
        incoming.begin();
        try (OldContent old = old(parts, chunker);
                Copier copier = new Copier(parts.leaves(), parts.work(), incoming, old)) {
            for (Placed list : lists) {
                copier.stretch(old.stretch(list), shifted(list));
            }
            return copier.await();
        }
    }

    private static void add(Copier copier, Placed list) {
        try {
            copier.stretch(list, list);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private OldContent old(Parts parts, Chunker chunker) throws IOException {
        return new OldContent(file, recipe, recipe, chunker, parts.leaves());
    }

    private static Placed shifted(Placed place) {
        return new Placed(place.id(), place.offset() + SHIFT, place.length());
    }

    private Parts parts(Threads threads, boolean listsAreKnown) {
        KnownLeaves leaves = new KnownLeaves();
        if (listsAreKnown) {
            chunks.forEach((id, bytes) -> leaves.learn(id, ByteBuffer.wrap(bytes)));
        }
        return new Parts(leaves, new Work(new Problems(SystemTime.clock()), new Progress(() -> {
        }), new Stop(threads), threads, SystemTime.clock(), new Random(3)));
    }

    private record Parts(KnownLeaves leaves, Work work) {
    }

    private void damage(Placed place) throws IOException {
        int at = (int) (place.offset() + place.length() / 2);
        try (FileChannel damage = FileChannel.open(file, StandardOpenOption.WRITE)) {
            damage.write(ByteBuffer.wrap(new byte[]{(byte) ~content[at]}), at);
        }
    }

    private void assertCopiedBut(Placed missing) throws IOException {
        byte[] expected = content.clone();
        Arrays.fill(expected, (int) missing.offset(), (int) missing.end(), (byte) 0);
        assertThat(copied(0, SIZE)).isEqualTo(expected);
    }

    private byte[] copied(int from, int to) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(incoming.temporary()), from + SHIFT, to + SHIFT);
    }

    private void keep(ChunkId id, ByteBuffer raw, int level) {
        byte[] copy = new byte[raw.remaining()];
        raw.get(raw.position(), copy);
        chunks.put(id, copy);
    }
}
