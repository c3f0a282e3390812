package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.RecipeBuilder;
import org.tidebox.delta.RecipeReader;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

@Tag("C5")
class RecipeTreeTest {
    private static final int WIDTH = 40;

    @Test
    void shortRecipesHaveNoLeaves() throws CorruptRecipeException {
        for (int count : new int[]{0, 1, 127, 128}) {
            ChunkMap leaves = new ChunkMap();
            Recipe recipe = build(entries(1, count), leaves);
            assertThat(recipe).isEqualTo(new Recipe("test", 0, entries(1, count)));
            assertThat(leaves.chunks).isEmpty();
            assertThat(read(recipe, leaves)).isEqualTo(entries(1, count));
        }
    }

    @Test
    void longRecipesAreTreesThatReadBackInOrder() throws CorruptRecipeException {
        int[][] countAndDepth = {{129, 1}, {200, 1}, {2_000, 1}, {10_000, 2}, {300_000, 2}};
        for (int[] expected : countAndDepth) {
            List<RecipeEntry> entries = entries(2, expected[0]);
            ChunkMap leaves = new ChunkMap();
            Recipe recipe = build(entries, leaves);
            assertThat(recipe.depth()).as("%d entries", expected[0]).isBetween(expected[1], expected[1] + 1);
            assertThat(recipe.entries()).hasSizeBetween(2, Recipe.MAX_ENTRIES);
            assertThat(recipe.size()).isEqualTo(entries.stream().mapToLong(RecipeEntry::length).sum());
            assertThat(read(recipe, leaves)).isEqualTo(entries);
            assertThat(expand(recipe, leaves)).isEqualTo(entries);
            assertThat(Recipe.decode(recipe.encode())).isEqualTo(recipe);
        }
    }

    @Test
    void leavesHave64EntriesOnAverage() {
        ChunkMap leaves = new ChunkMap();
        build(entries(3, 300_000), leaves);
        assertThat(leaves.chunks.values()).allMatch(leaf -> leaf.length <= Recipe.MAX_ENTRIES * WIDTH);
        assertThat(300_000 / leaves.chunks.size()).isBetween(58, 70);
        assertThat(leaves.chunks.values().stream().filter(leaf -> leaf.length < 16 * WIDTH)).hasSizeLessThan(4);
    }

    @Test
    void leavesOfLongPiecesStandForLimitedBytes() throws CorruptRecipeException {
        List<RecipeEntry> entries = entries(9, 5_000, EncodedChunk.MAX_LENGTH);
        ChunkMap leaves = new ChunkMap();
        Recipe recipe = build(entries, leaves);
        assertThat(recipe.depth()).isEqualTo(2);
        for (byte[] leaf : leaves.chunks.values()) {
            List<RecipeEntry> listed = Recipe.decodeEntries(ByteBuffer.wrap(leaf));
            boolean isOfPieces = entries.contains(listed.getFirst());
            long bytes = listed.stream().mapToLong(RecipeEntry::length).sum();
            assertThat(isOfPieces && bytes > RecipeBuilder.MAX_LEAF_CONTENT).isFalse();
        }
        assertThat(read(recipe, leaves)).isEqualTo(entries);
    }

    @Test
    void sameEntriesGiveTheSameTree() {
        ChunkMap leaves = new ChunkMap();
        ChunkMap again = new ChunkMap();
        assertThat(build(entries(4, 20_000), leaves)).isEqualTo(build(entries(4, 20_000), again));
        assertThat(leaves.chunks).containsOnlyKeys(again.chunks.keySet());
    }

    @Test
    void editChangesFewLeaves() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<RecipeEntry> entries = entries(seed, 100_000);
        ChunkMap known = new ChunkMap();
        build(entries, known);
        for (int i = 0; i < 10; i++) {
            List<RecipeEntry> edited = new ArrayList<>(entries);
            edited.set(random.nextInt(edited.size()), entries(random.nextLong(), 1).getFirst());
            edited.remove(random.nextInt(edited.size()));
            edited.addAll(random.nextInt(edited.size()), entries(random.nextLong(), 3));
            ChunkMap leaves = new ChunkMap();
            build(edited, leaves);
            leaves.chunks.keySet().removeAll(known.chunks.keySet());
            // Three places on two levels of leaves, plus some leaves until the cuts meet again: usually 7 of 1,600.
            assertThat(leaves.chunks).as("seed %d, edit %d", seed, i).hasSizeBetween(1, 40);
        }
    }

    @Test
    void equalEntriesMakeATreeToo() throws CorruptRecipeException {
        for (String first : new String[]{"00000000", "00000001"}) {
            RecipeEntry entry = new RecipeEntry(ChunkId.parse(first + "00".repeat(28)), 9);
            List<RecipeEntry> entries = Collections.nCopies(50_000, entry);
            ChunkMap leaves = new ChunkMap();
            Recipe recipe = build(entries, leaves);
            assertThat(leaves.chunks).hasSizeLessThan(20);
            assertThat(read(recipe, leaves)).isEqualTo(entries);
        }
    }

    @Test
    void idsOfALevelAreListedOnce() {
        List<RecipeEntry> entries = entries(5, 3);
        List<RecipeEntry> twice = new ArrayList<>(entries);
        twice.addAll(entries);
        assertThat(RecipeReader.ids(twice)).isEqualTo(entries.stream().map(RecipeEntry::id).toList());
    }

    @Test
    void leafThatIsNotMadeOfEntriesIsRefused() {
        assertRefused(1, 10, new byte[41], "40 bytes each");
        assertRefused(1, 10, new byte[40], "at least one byte");
        assertRefused(1, 10, new byte[129 * WIDTH], "at most 5120");
        assertRefused(1, 10, new byte[0], "stand for 0 bytes, expected 10");
    }

    @Test
    void lengthsMustAddUp() {
        byte[] leaf = Recipe.encodeEntries(List.of(entry(4), entry(5)));
        assertRefused(1, 10, leaf, "stand for 9 bytes, expected 10");
        assertRefused(1, 8, leaf, "more than the expected 8 bytes");
        byte[] overflowing = Recipe.encodeEntries(List.of(entry(Long.MAX_VALUE), entry(Long.MAX_VALUE), entry(12)));
        assertRefused(2, 10, overflowing, "more than the expected 10 bytes");
    }

    @Test
    void piecesLongerThanAChunkAreRefused() {
        long tooLong = EncodedChunk.MAX_LENGTH + 1L;
        assertRefused(1, tooLong, Recipe.encodeEntries(List.of(entry(tooLong))), "at most 1048576");
        Recipe flat = new Recipe("test", 0, List.of(entry(tooLong)));
        assertThatExceptionOfType(CorruptRecipeException.class).isThrownBy(() -> read(flat, new ChunkMap()));
    }

    @Test
    void damagedLeafDeepInTheTreeIsFound() {
        ChunkMap leaves = new ChunkMap();
        Recipe recipe = build(entries(6, 300_000), leaves);
        for (ChunkId id : leaves.chunks.keySet().stream().limit(20).toList()) {
            byte[] leaf = leaves.chunks.get(id);
            byte[] damaged = leaf.clone();
            damaged[WIDTH - 1] ^= 1;
            leaves.chunks.put(id, damaged);
            assertThatExceptionOfType(CorruptRecipeException.class).isThrownBy(() -> read(recipe, leaves))
                    .withMessageContaining(id.toHex()).matches(CorruptRecipeException::isPermanent);
            leaves.chunks.put(id, leaf);
        }
    }

    @Test
    void piecesHaveNoLeaves() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> RecipeReader.expand(List.of(entry(1)), 0, id -> ByteBuffer.allocate(0)));
    }

    private static void assertRefused(int depth, long length, byte[] leaf, String reason) {
        ChunkMap leaves = new ChunkMap();
        ChunkId id = ChunkCodec.idOf(ByteBuffer.wrap(leaf));
        leaves.chunks.put(id, leaf);
        Recipe recipe = new Recipe("test", depth, List.of(new RecipeEntry(id, length)));
        assertThatExceptionOfType(CorruptRecipeException.class).isThrownBy(() -> read(recipe, leaves))
                .withMessageContaining(reason);
        assertThatExceptionOfType(CorruptRecipeException.class).isThrownBy(() -> expand(recipe, leaves))
                .withMessageContaining(reason);
    }

    private static Recipe build(List<RecipeEntry> entries, ChunkMap leaves) {
        RecipeBuilder<RuntimeException> builder = new RecipeBuilder<>("test", leaves);
        entries.forEach(entry -> builder.add(entry.id(), entry.length()));
        return builder.finish();
    }

    private static List<RecipeEntry> read(Recipe recipe, ChunkMap leaves) throws CorruptRecipeException {
        List<RecipeEntry> entries = new ArrayList<>();
        RecipeReader.forEach(recipe, leaves, entries::add);
        return entries;
    }

    private static List<RecipeEntry> expand(Recipe recipe, ChunkMap leaves) throws CorruptRecipeException {
        List<RecipeEntry> entries = recipe.entries();
        for (int depth = recipe.depth(); depth > 0; depth--) {
            entries = RecipeReader.expand(entries, depth, leaves);
        }
        return entries;
    }

    private static RecipeEntry entry(long length) {
        return new RecipeEntry(new ChunkId(new byte[ChunkId.LENGTH]), length);
    }

    private static List<RecipeEntry> entries(long seed, int count) {
        return entries(seed, count, 128 << 10);
    }

    private static List<RecipeEntry> entries(long seed, int count, int longest) {
        Random random = new Random(seed);
        List<RecipeEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] id = new byte[ChunkId.LENGTH];
            random.nextBytes(id);
            entries.add(new RecipeEntry(new ChunkId(id), 1 + random.nextInt(longest)));
        }
        return entries;
    }
}
