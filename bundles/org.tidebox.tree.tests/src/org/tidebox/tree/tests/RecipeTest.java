package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

@Tag("C5")
class RecipeTest {
    private static final ChunkId ID = new ChunkId(new byte[ChunkId.LENGTH]);
    private static final RecipeEntry ENTRY = new RecipeEntry(ID, 5);

    @Test
    void encodesAsDocumented() {
        Recipe recipe = new Recipe("abc", 2, List.of(new RecipeEntry(ID, 0x0102)));
        byte[] expected = new byte[5 + 40];
        System.arraycopy(new byte[]{3, 'a', 'b', 'c', 2}, 0, expected, 0, 5);
        expected[43] = 1;
        expected[44] = 2;
        assertThat(recipe.encode()).isEqualTo(expected);
    }

    @Test
    void anyRecipeRoundTrips() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Recipe recipe = randomRecipe(random);
            assertThat(Recipe.decode(recipe.encode())).as("seed %d, round %d", seed, i).isEqualTo(recipe);
            assertThat(Recipe.decode(recipe.encode()).id()).isEqualTo(recipe.id());
        }
    }

    @Test
    void damagedBytesAreRefusedOrReadAsTheyStand() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = damaged(randomRecipe(random).encode(), random);
            try {
                assertThat(Recipe.decode(bytes).encode()).as("seed %d, round %d", seed, i).isEqualTo(bytes);
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed %d, round %d", seed, i).hasMessageMatching("(?s).+");
            }
        }
    }

    @Test
    void everyPrefixThatCutsAnEntryIsRefused() {
        byte[] whole = new Recipe("abc", 0, List.of(ENTRY, ENTRY)).encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            if (length == 5 || length == 45) {
                assertThat(Recipe.decode(part).entries()).hasSize(length / 45);
            } else {
                assertThatIllegalArgumentException().as("length %d", length).isThrownBy(() -> Recipe.decode(part));
            }
        }
    }

    @Test
    void refusesWhatNoRecipeCanBe() {
        List<RecipeEntry> tooMany = Collections.nCopies(Recipe.MAX_ENTRIES + 1, ENTRY);
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe("a", 0, tooMany)).withMessageContaining("129");
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe("a", 9, List.of(ENTRY)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe("a", -1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe("", 0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe("x".repeat(33), 0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe("\u00e9", 0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecipeEntry(ID, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecipeEntry(ID, -1));
    }

    @Test
    void refusesLengthsThatOverflowTogether() {
        RecipeEntry huge = new RecipeEntry(ID, Long.MAX_VALUE - 4);
        byte[] encoded = ByteBuffer.allocate(83).put(new byte[]{1, 'a', 1})
                .put(Recipe.encodeEntries(List.of(huge, ENTRY))).array();
        assertThatIllegalArgumentException().isThrownBy(() -> Recipe.decode(encoded)).withMessageContaining("at most");
        assertThat(new Recipe("a", 1, List.of(huge, new RecipeEntry(ID, 4))).size()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void identityDependsOnEveryPart() {
        Recipe recipe = new Recipe("a", 0, List.of(ENTRY));
        assertThat(List.of(recipe.id(), new Recipe("b", 0, List.of(ENTRY)).id(),
                new Recipe("a", 1, List.of(ENTRY)).id(), new Recipe("a", 0, List.of(ENTRY, ENTRY)).id(),
                new Recipe("a", 0, List.of(new RecipeEntry(ID, 6))).id())).doesNotHaveDuplicates();
        assertThat(new Recipe("a", 0, List.of(ENTRY)).id()).isEqualTo(recipe.id());
    }

    @Test
    void laterChangesOfTheListDoNotReachTheRecipe() {
        List<RecipeEntry> entries = new ArrayList<>(List.of(ENTRY));
        Recipe recipe = new Recipe("a", 0, entries);
        entries.add(ENTRY);
        assertThat(recipe.entries()).containsExactly(ENTRY);
        assertThat(recipe.size()).isEqualTo(5);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] copy = Arrays.copyOf(bytes, random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 50));
        for (int n = random.nextInt(4); n > 0 && copy.length > 0; n--) {
            copy[random.nextInt(Math.min(copy.length, 64))] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static Recipe randomRecipe(Random random) {
        List<RecipeEntry> entries = new ArrayList<>();
        for (int n = random.nextInt(Recipe.MAX_ENTRIES + 1); n > 0; n--) {
            byte[] id = new byte[ChunkId.LENGTH];
            random.nextBytes(id);
            entries.add(new RecipeEntry(new ChunkId(id), 1 + random.nextLong(1L << random.nextInt(1, 54))));
        }
        String name = "chunker-".repeat(4).substring(0, 1 + random.nextInt(32));
        return new Recipe(name, random.nextInt(Recipe.MAX_DEPTH + 1), entries);
    }
}
