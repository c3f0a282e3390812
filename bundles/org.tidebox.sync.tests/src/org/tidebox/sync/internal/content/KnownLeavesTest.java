package org.tidebox.sync.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.RecipeBuilder;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** What long files were cut into is remembered in little memory, and nothing is made of what is wrong. */
@Tag("C5")
class KnownLeavesTest {
    private final Random random = new Random(1);
    private final KnownLeaves leaves = new KnownLeaves();

    @Test
    void knowsThePiecesOfContentsOfAnyDepth() {
        for (int count : new int[]{5, 1_000, 20_000}) {
            List<RecipeEntry> pieces = pieces(count);
            Recipe recipe = recipe(pieces);
            assertThat(leaves.pieces(recipe)).isEqualTo(pieces);
        }
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        List<RecipeEntry> pieces = pieces(1_000);
        Recipe recipe = recipe(pieces);
        KnownLeaves few = new KnownLeaves();
        ChunkId last = recipe.entries().getLast().id();
        few.learn(last, leaves.find(last).orElseThrow());
        List<RecipeEntry> some = few.pieces(recipe);
        assertThat(some).isNotEmpty().isEqualTo(pieces.subList(pieces.size() - some.size(), pieces.size()));
    }

    @Test
    void whatWasNotAskedForGoesFirst() {
        List<ByteBuffer> lists = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            lists.add(ByteBuffer.wrap(Recipe.encodeEntries(pieces(100))));
        }
        ByteBuffer first = lists.getFirst();
        for (ByteBuffer list : lists) {
            leaves.learn(ChunkCodec.idOf(list), list);
            assertThat(leaves.find(ChunkCodec.idOf(first))).contains(first);
        }
        long kept = lists.stream().filter(list -> leaves.find(ChunkCodec.idOf(list)).isPresent()).count();
        assertThat(kept * first.remaining()).isBetween((2L << 20) - first.remaining(), 2L << 20);
        assertThat(leaves.find(ChunkCodec.idOf(lists.get(1)))).isEmpty();
        assertThat(leaves.find(ChunkCodec.idOf(lists.getLast()))).isPresent();
    }

    @Test
    void nothingIsMadeOfWhatIsNoList() {
        ByteBuffer noise = ByteBuffer.wrap(new byte[41]);
        ByteBuffer list = ByteBuffer.wrap(Recipe.encodeEntries(pieces(3)));
        leaves.learn(ChunkCodec.idOf(noise), noise);
        leaves.learn(ChunkCodec.idOf(list), list);
        assertThat(leaves.pieces(new Placed(ChunkCodec.idOf(noise), 0, 41))).isEmpty();
        assertThat(leaves.pieces(new Placed(ChunkCodec.idOf(list), 7, 1))).isEmpty();
        assertThat(leaves.pieces(new Placed(new ChunkId(new byte[ChunkId.LENGTH]), 0, 1))).isEmpty();
    }

    private List<RecipeEntry> pieces(int count) {
        List<RecipeEntry> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] id = new byte[ChunkId.LENGTH];
            random.nextBytes(id);
            pieces.add(new RecipeEntry(new ChunkId(id), 1 + random.nextInt(1_000)));
        }
        return pieces;
    }

    private Recipe recipe(List<RecipeEntry> pieces) {
        RecipeBuilder<RuntimeException> builder = new RecipeBuilder<>("tiny",
                (id, raw, level) -> leaves.learn(id, raw));
        pieces.forEach(piece -> builder.add(piece.id(), piece.length()));
        return builder.finish();
    }
}
