package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.fastcdc.FastCdcChunker;

class FastCdcChunkerTest extends ChunkerContract {
    private static final int MIB = 1 << 20;

    @Override
    Chunker chunker() {
        return new FastCdcChunker();
    }

    /** If this fails, the cuts of all stored content have changed: that needs a new chunker name. */
    @Test
    void cutsAreForever() {
        assertThat(chunker().name()).isEqualTo("fastcdc");
        assertThat(lengths(Contents.random(42, MIB))).containsExactly(49_659, 57_200, 66_415, 62_958, 45_040,
                59_707, 54_495, 59_957, 55_545, 80_411, 56_322, 59_410, 83_946, 71_785, 55_701, 62_207, 60_988, 6_830);
        byte[] content = Contents.random(43, 64 * MIB);
        assertThat(lengths(content).hashCode()).isEqualTo(56_883_291);
        for (int i = 0; i < content.length; i++) {
            content[i] &= 3;
        }
        assertThat(lengths(content).hashCode()).as("few different bytes").isEqualTo(521_763_205);
    }

    @Test
    void longContentsAreCutIntoLongerChunks() {
        Chunker chunker = chunker();
        assertThat(chunker.forLength(0)).isSameAs(chunker);
        assertThat(chunker.forLength(32 * MIB - 1)).isSameAs(chunker);
        assertThat(chunker.forLength(32 * MIB).name()).isEqualTo("fastcdc-256");
    }

    @Test
    void lengthsKeepTheirLimitsAndAverage64KiB() {
        byte[] content = Contents.random(11, 64 * MIB);
        List<Integer> lengths = lengths(content);
        assertThat(lengths.subList(0, lengths.size() - 1)).allMatch(length -> length > 16 * 1024);
        assertThat(lengths).allMatch(length -> length <= 256 * 1024);
        assertThat(content.length / lengths.size()).isBetween(60 * 1024, 68 * 1024);
    }

    @Test
    void contentWithoutVariationMakesTheLongestChunks() {
        assertThat(lengths(new byte[MIB])).containsOnly(256 * 1024);
    }

    @Test
    void insertionAtTheFrontSoonFallsBackIntoStep() throws IOException {
        byte[] content = Contents.random(12, 16 * MIB);
        ChunkMap known = new ChunkMap();
        Contents.cut(content, chunker(), known);
        for (int inserted : new int[]{1, 100, 70_000}) {
            byte[] edited = Contents.concat(Contents.random(13, inserted), content);
            assertThat(newBytes(edited, known)).as("%d bytes inserted", inserted).isLessThan(inserted + MIB);
        }
    }

    @Test
    void editAnywhereCostsLittle() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] content = Contents.random(seed, 8 * MIB);
        ChunkMap known = new ChunkMap();
        Contents.cut(content, chunker(), known);
        for (int i = 0; i < 10; i++) {
            byte[] edited = edited(content, random);
            // Two streams of cuts usually meet after one or two chunks; two MiB are 32 of them.
            assertThat(newBytes(edited, known)).as("seed %d, edit %d", seed, i).isLessThan(2 * MIB);
        }
    }

    private static byte[] edited(byte[] content, Random random) {
        int at = random.nextInt(content.length);
        int removed = Math.min(random.nextInt(10_000), content.length - at);
        byte[] added = Contents.random(random.nextLong(), random.nextInt(1, 10_000));
        return Contents.concat(Arrays.copyOf(content, at), added,
                Arrays.copyOfRange(content, at + removed, content.length));
    }

    private long newBytes(byte[] content, ChunkMap known) throws IOException {
        ChunkMap chunks = new ChunkMap();
        Contents.cut(content, chunker(), chunks);
        chunks.chunks.keySet().removeAll(known.chunks.keySet());
        return chunks.chunks.values().stream().mapToLong(chunk -> chunk.length).sum();
    }
}
