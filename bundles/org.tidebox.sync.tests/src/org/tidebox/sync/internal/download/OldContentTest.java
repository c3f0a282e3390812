package org.tidebox.sync.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.sync.tests.TinyChunker;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;

/** What a file already holds is taken from it, but only as far as it really is what it should be. */
@Tag("C5")
class OldContentTest {
    private static final Chunker CHUNKER = new TinyChunker(512);
    private static final int SIZE = 2_000_000;
    private static final int EDIT = SIZE / 2;

    @TempDir
    Path folder;
    private final byte[] content = new byte[SIZE];
    private final Map<ChunkId, byte[]> chunks = new HashMap<>();
    private final KnownLeaves leaves = new KnownLeaves();
    private Path file;
    private Recipe old;
    private Recipe edited;

    @BeforeEach
    void write() throws IOException {
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("file"), content);
        old = cut(content);
        byte[] changed = content.clone();
        changed[EDIT]++;
        edited = cut(changed);
        assertThat(edited.depth()).isEqualTo(1);
    }

    @Test
    void stretchesThatBothHaveAreReadAsAWhole() throws IOException {
        try (OldContent there = new OldContent(file, old, edited, CHUNKER, leaves)) {
            List<Placed> lists = Placed.of(edited.entries(), 0);
            List<Placed> changed = lists.stream().filter(list -> there.stretch(list) == null).toList();
            assertThat(changed).hasSize(1);
            assertThat(changed.getFirst().offset()).isLessThan(EDIT);
            assertThat(changed.getFirst().end()).isGreaterThan(EDIT);
            for (Placed list : lists) {
                if (there.stretch(list) != null) {
                    assertThat(read(there, list)).isEqualTo(bytes(list));
                }
            }
        }
    }

    @Test
    void ofAChangedStretchTheChunksAreKnown() throws IOException {
        try (OldContent there = new OldContent(file, old, edited, CHUNKER, leaves)) {
            Placed changed = Placed.of(old.entries(), 0).stream()
                    .filter(list -> list.offset() <= EDIT && list.end() > EDIT).findFirst().orElseThrow();
            assertThat(there.leaf(changed.id()).orElseThrow().array()).isEqualTo(chunks.get(changed.id()));
            assertThat(there.chunk(Recipe.decodeEntries(there.leaf(changed.id()).get()).getFirst().id())).isPresent();
            assertThat(there.leaf(old.entries().getFirst().id())).isEmpty();
        }
    }

    @Test
    void aStretchThatIsNotWhatItWasIsNotTaken() throws IOException {
        List<Placed> lists = Placed.of(old.entries(), 0);
        try (FileChannel damage = FileChannel.open(file, StandardOpenOption.WRITE)) {
            damage.write(ByteBuffer.wrap(new byte[]{(byte) ~content[5]}), 5);
        }
        try (OldContent there = new OldContent(file, old, edited, CHUNKER, leaves)) {
            assertThat(read(there, lists.get(0))).isNull();
            assertThat(read(there, lists.get(1))).isEqualTo(bytes(lists.get(1)));
            try (FileChannel shorter = FileChannel.open(file, StandardOpenOption.WRITE)) {
                shorter.truncate(SIZE - 1);
            }
            assertThat(read(there, lists.getLast())).isNull();
        }
    }

    @Test
    void aListThatClaimsAnotherLengthIsNoStretch() throws IOException {
        Placed first = Placed.of(old.entries(), 0).getFirst();
        try (OldContent there = new OldContent(file, old, edited, CHUNKER, leaves)) {
            assertThat(there.stretch(first)).isNotNull();
            assertThat(there.stretch(new Placed(first.id(), 0, first.length() + 1))).isNull();
        }
    }

    @Test
    void anotherChunkerFindsTheChunksOfItsOwn() throws IOException {
        Chunker other = new TinyChunker(1024);
        Recipe wanted = ContentChunks.<RuntimeException>cut(Channels.newChannel(new ByteArrayInputStream(content)),
                other, this::keep);
        try (OldContent there = new OldContent(file, old, wanted, other, leaves)) {
            assertThat(there.stretch(Placed.of(old.entries(), 0).getFirst())).isNull();
            ChunkId leaf = wanted.entries().getFirst().id();
            assertThat(there.leaf(leaf).orElseThrow().array()).isEqualTo(chunks.get(leaf));
        }
    }

    @Test
    void whatMayBeCopiesOfWhatStayedIsLookedForEverywhere() throws IOException {
        byte[] twice = Arrays.copyOf(content, 12_000_000);
        new Random(2).nextBytes(twice);
        System.arraycopy(content, 0, twice, 0, SIZE);
        try (OldContent there = new OldContent(file, old, cut(twice), CHUNKER, leaves)) {
            ChunkId first = Recipe.decodeEntries(ByteBuffer.wrap(chunks.get(old.entries().getFirst().id())))
                    .getFirst().id();
            assertThat(there.chunk(first)).isPresent();
        }
    }

    @Test
    void whatAListIsKnownToNameIsNotCut() throws IOException {
        chunks.forEach((id, bytes) -> leaves.learn(id, ByteBuffer.wrap(bytes)));
        Placed changed = Placed.of(old.entries(), 0).stream()
                .filter(list -> list.offset() <= EDIT && list.end() > EDIT).findFirst().orElseThrow();
        ChunkId piece = leaves.pieces(changed).orElseThrow().getLast().id();
        Files.write(file, new byte[0]);
        try (OldContent there = new OldContent(file, old, edited, CHUNKER, leaves)) {
            assertThat(there.leaf(changed.id()).orElseThrow().array()).isEqualTo(chunks.get(changed.id()));
            assertThat(there.piece(new Placed(piece, 0, chunks.get(piece).length)).end()).isEqualTo(changed.end());
            assertThat(there.piece(new Placed(piece, 0, chunks.get(piece).length + 1))).isNull();
            assertThat(there.chunk(piece)).isEmpty();
        }
    }

    @Test
    void whatIsCutIsKnownLater() throws IOException {
        try (OldContent there = new OldContent(file, old, edited, CHUNKER, leaves)) {
            for (Placed list : Placed.of(old.entries(), 0)) {
                assertThat(leaves.find(list.id()).isPresent()).isEqualTo(there.leaf(list.id()).isPresent());
                read(there, list);
                assertThat(leaves.find(list.id()).orElseThrow().array()).isEqualTo(chunks.get(list.id()));
            }
        }
    }

    private static byte[] read(OldContent there, Placed list) throws IOException {
        ByteBuffer room = ByteBuffer.allocate((int) list.length());
        return there.readStretch(there.stretch(list), room) ? room.array() : null;
    }

    private byte[] bytes(Placed list) {
        return Arrays.copyOfRange(content, (int) list.offset(), (int) list.end());
    }

    private Recipe cut(byte[] bytes) throws IOException {
        return ContentChunks.<RuntimeException>cut(Channels.newChannel(new ByteArrayInputStream(bytes)), CHUNKER,
                this::keep);
    }

    private void keep(ChunkId id, ByteBuffer raw, int level) {
        byte[] copy = new byte[raw.remaining()];
        raw.get(raw.position(), copy);
        chunks.put(id, copy);
    }
}
