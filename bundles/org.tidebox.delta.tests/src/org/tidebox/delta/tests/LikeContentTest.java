package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.ChunkSink;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.RecipeReader;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Whatever is said of a content that is like the one which is cut, the cuts are the same. */
@Tag("C5")
class LikeContentTest {
    private static final int ROUNDS = Integer.getInteger("tidebox.rounds", 60);
    private static final int SIZE = 6_000_000;

    private final CountingChunker chunker = new CountingChunker();
    private final byte[] content = Contents.random(1, SIZE);
    private List<RecipeEntry> pieces;

    @BeforeEach
    void cut() throws IOException, CorruptRecipeException {
        pieces = pieces(content);
        chunker.cuts = 0;
    }

    @Test
    void noCutIsLookedForButTheLast() throws IOException {
        assertCutTheSame(content, pieces);
        assertThat(chunker.cuts).isEqualTo(1);
    }

    @Test
    void fewAreLookedForAroundAnEdit() throws IOException {
        byte[] edited = content.clone();
        edited[SIZE / 2]++;
        assertCutTheSame(edited, pieces);
        assertCutTheSame(Contents.concat(new byte[]{7}, content), pieces);
        assertThat(chunker.cuts).isLessThan(pieces.size() / 2);
    }

    @Test
    void whateverIsEditedTheCutsAreTheSame() throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] edited = content;
            for (int i = random.nextInt(4); i >= 0; i--) {
                edited = edited(random, edited);
            }
            assertCutTheSame(edited, pieces);
        }
    }

    @Test
    void whatIsSaidMayBeWrong() throws IOException {
        Random random = new Random(2);
        List<RecipeEntry> wrong = new ArrayList<>(pieces);
        Collections.shuffle(wrong, random);
        assertCutTheSame(content, wrong);
        assertCutTheSame(content, pieces.stream().map(entry -> new RecipeEntry(entry.id(), 1 << 40)).toList());
        assertCutTheSame(content, pieces.stream().map(entry -> new RecipeEntry(entry.id(), 1)).toList());
        assertCutTheSame(content, Collections.nCopies(50, pieces.getFirst()));
        assertCutTheSame(content, pieces.stream().filter(entry -> random.nextBoolean()).toList());
    }

    @Test
    void whatRepeatsIsCutTheSame() throws IOException, CorruptRecipeException {
        byte[] zeros = Contents.concat(new byte[2_000_000], content, new byte[1_500_000]);
        byte[] others = Contents.concat(new byte[1_900_000], content, content, new byte[1_700_000]);
        assertCutTheSame(others, pieces(zeros));
        assertCutTheSame(zeros, pieces(others));
    }

    private void assertCutTheSame(byte[] edited, List<RecipeEntry> like) throws IOException {
        List<ChunkId> expected = new ArrayList<>();
        List<ChunkId> chunks = new ArrayList<>();
        Recipe plain = ContentChunks.cut(Contents.channel(edited), new FastCdcChunker(), noting(expected));
        Recipe recipe = ContentChunks.cut(Contents.channel(edited), chunker, like, noting(chunks));
        assertThat(recipe).isEqualTo(plain);
        assertThat(chunks).isEqualTo(expected);
    }

    private static ChunkSink<RuntimeException> noting(List<ChunkId> ids) {
        ChunkMap chunks = new ChunkMap();
        return (id, raw, level) -> {
            ids.add(id);
            chunks.chunk(id, raw, level);
        };
    }

    /** Returns how a content was cut, but for its last piece. */
    private static List<RecipeEntry> pieces(byte[] content) throws IOException, CorruptRecipeException {
        ChunkMap chunks = new ChunkMap();
        Recipe recipe = Contents.cut(content, new FastCdcChunker(), chunks);
        List<RecipeEntry> pieces = new ArrayList<>();
        RecipeReader.forEach(recipe, chunks, pieces::add);
        return pieces.subList(0, pieces.size() - 1);
    }

    private static byte[] edited(Random random, byte[] content) {
        int from = random.nextInt(content.length);
        int to = Math.min(content.length, from + random.nextInt(random.nextInt(3) == 0 ? 1_000_000 : 3_000));
        byte[] before = Arrays.copyOf(content, from);
        byte[] middle = Arrays.copyOfRange(content, from, to);
        byte[] after = Arrays.copyOfRange(content, to, content.length);
        return switch (random.nextInt(6)) {
            case 0 -> Contents.concat(before, Contents.random(random.nextLong(), middle.length), after);
            case 1 -> Contents.concat(before, Contents.random(random.nextLong(), 777), middle, after);
            case 2 -> Contents.concat(before, after);
            case 3 -> Contents.concat(middle, before, after);
            case 4 -> Contents.concat(before, middle, middle, after);
            default -> Arrays.copyOf(content, Math.max(1, to));
        };
    }

    /** Counts how often the end of a chunk is looked for. */
    private static final class CountingChunker implements Chunker {
        private final Chunker chunker = new FastCdcChunker();
        private int cuts;

        @Override
        public String name() {
            return chunker.name();
        }

        @Override
        public int maxLength() {
            return chunker.maxLength();
        }

        @Override
        public int cut(byte[] data, int from, int to) {
            cuts++;
            return chunker.cut(data, from, to);
        }
    }
}
