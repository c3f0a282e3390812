package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.Recipe;

/** What every chunker must do; each provider's test extends it. */
@Tag("C5")
abstract class ChunkerContract {
    private static final int MIB = 1 << 20;

    /** Returns a new instance of the provider. */
    abstract Chunker chunker();

    @Test
    void nameCanStandInARecipe() {
        assertThat(new Recipe(chunker().name(), 0, List.of()).chunker()).isEqualTo(chunker().name());
    }

    @Test
    void noChunkIsLongerThanPromised() {
        assertThat(chunker().maxLength()).isBetween(1, EncodedChunk.MAX_LENGTH);
        for (byte[] content : List.of(Contents.random(1, 5 * MIB), new byte[3 * MIB])) {
            assertThat(lengths(content)).allMatch(length -> length >= 1 && length <= chunker().maxLength());
        }
    }

    @Test
    void chunksPutTogetherAreTheContent() throws IOException, CorruptRecipeException {
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            byte[] content = Contents.random(i, random.nextInt(1 << random.nextInt(1, 22)));
            ChunkMap chunks = new ChunkMap();
            Recipe recipe = Contents.cut(content, chunker(), chunks);
            assertThat(recipe.chunker()).isEqualTo(chunker().name());
            assertThat(recipe.size()).isEqualTo(content.length);
            assertThat(Contents.join(recipe, chunks)).isEqualTo(content);
        }
    }

    @Test
    void sameBytesGiveSameCuts() {
        byte[] content = Contents.random(3, 2 * MIB);
        assertThat(lengths(content)).isEqualTo(lengths(content.clone()));
    }

    @Test
    void onlyTheBytesOfTheContentCount() {
        byte[] content = Contents.random(4, 300_000);
        byte[] framed = Contents.concat(Contents.random(5, 777), content, Contents.random(6, 555));
        int whole = chunker().cut(content, 0, content.length);
        assertThat(chunker().cut(framed, 777, 777 + content.length)).isEqualTo(whole);
    }

    @Test
    void whatFollowsAChunkDoesNotCount() {
        byte[] content = Contents.random(11, 3 * MIB);
        int from = 0;
        for (int length : lengths(content)) {
            byte[] chunk = Arrays.copyOfRange(content, from, from + length);
            from += length;
            if (from < content.length) {
                byte[] alone = Contents.concat(chunk, new byte[chunker().maxLength()]);
                assertThat(chunker().cut(chunk, 0, length)).isEqualTo(length);
                assertThat(chunker().cut(alone, 0, alone.length)).isEqualTo(length);
            }
        }
    }

    @Test
    void howTheContentArrivesDoesNotMatter() throws IOException {
        byte[] content = Contents.random(7, 3 * MIB);
        Recipe whole = Contents.cut(content, chunker(), new ChunkMap());
        for (int most : new int[]{100, 4096, 65_537, MIB}) {
            ReadableByteChannel in = Contents.trickle(content, most, new Random(8));
            assertThat(ContentChunks.cut(in, chunker(), new ChunkMap())).isEqualTo(whole);
        }
    }

    @Test
    void emptyContentHasNoChunks() throws IOException {
        ChunkMap chunks = new ChunkMap();
        assertThat(Contents.cut(new byte[0], chunker(), chunks)).isEqualTo(new Recipe(chunker().name(), 0, List.of()));
        assertThat(chunks.chunks).isEmpty();
    }

    @Test
    void smallContentIsOneChunk() throws IOException {
        for (int length : new int[]{1, 2, 1000, 16 * 1024}) {
            byte[] content = Contents.random(length, length);
            ChunkMap chunks = new ChunkMap();
            assertThat(Contents.cut(content, chunker(), chunks).entries()).hasSize(1);
            assertThat(chunks.chunks.values()).containsExactly(content);
        }
    }

    @Test
    void manyThreadsMayShareOne() {
        Chunker shared = chunker();
        byte[] content = Contents.random(9, MIB);
        int expected = shared.cut(content, 0, content.length);
        assertThat(IntStream.range(0, 64).parallel().map(i -> shared.cut(content, 0, content.length)).distinct())
                .containsExactly(expected);
    }

    @Test
    void changeInPlaceKeepsMostChunks() throws IOException {
        byte[] content = Contents.random(10, 8 * MIB);
        ChunkMap chunks = new ChunkMap();
        Contents.cut(content, chunker(), chunks);
        content[4 * MIB] ^= 1;
        ChunkMap changed = new ChunkMap();
        Contents.cut(content, chunker(), changed);
        changed.chunks.keySet().removeAll(chunks.chunks.keySet());
        assertThat(changed.chunks).hasSizeBetween(1, 5);
    }

    /** Returns the lengths of all chunks of a content. */
    final List<Integer> lengths(byte[] content) {
        List<Integer> lengths = new ArrayList<>();
        Chunker chunker = chunker();
        for (int from = 0; from < content.length; from += lengths.getLast()) {
            lengths.add(chunker.cut(content, from, content.length));
        }
        assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(content.length);
        return lengths;
    }
}
