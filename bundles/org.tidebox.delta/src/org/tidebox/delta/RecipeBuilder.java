package org.tidebox.delta;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Builds the recipe of one content from its pieces, in order. The same pieces give the same recipe.
 *
 * <p>Up to {@link Recipe#MAX_ENTRIES} entries stand in the recipe itself. More are cut into leaves, which go to the
 * sink as chunks, and so on level by level. Where a leaf ends depends on the chunk ids near by, so an edit changes few
 * leaves; what a leaf of pieces stands for has at most {@link #MAX_LEAF_CONTENT} bytes. Keeps at most
 * {@link Recipe#MAX_ENTRIES} entries per level in memory. Not thread-safe.
 */
public final class RecipeBuilder<E extends Exception> {
    /** A leaf of pieces stands for at most so many bytes, so that they may be held in memory. */
    public static final int MAX_LEAF_CONTENT = 16 << 20;
    private static final int MIN_LEAF = 16;
    /** One in so many ids ends a leaf; with the least and the greatest length this makes 64 entries on average. */
    private static final int END_RARITY = 56;

    private final String chunkerName;
    private final ChunkSink<E> leaves;
    private final List<List<RecipeEntry>> levels = new ArrayList<>();

    /**
     * Begins a recipe.
     *
     * @param chunkerName who cut the content
     * @param leaves takes the chunks that hold entries
     */
    public RecipeBuilder(String chunkerName, ChunkSink<E> leaves) {
        this.chunkerName = chunkerName;
        this.leaves = leaves;
        levels.add(new ArrayList<>());
    }

    /**
     * Adds the next piece of the content.
     *
     * @param length the length of the chunk in bytes, at least 1
     */
    public void add(ChunkId id, long length) throws E {
        add(0, new RecipeEntry(id, length));
    }

    /** Returns the recipe of all that was added; the builder is of no use afterwards. */
    public Recipe finish() throws E {
        int level = 0;
        // Emptying a level may begin the next one, so their number is asked for anew each time.
        while (level < levels.size() - 1) {
            List<RecipeEntry> rest = levels.get(level);
            while (!rest.isEmpty()) {
                cutLeaf(level, rest);
            }
            level++;
        }
        return new Recipe(chunkerName, level, levels.get(level));
    }

    private void add(int level, RecipeEntry entry) throws E {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<RecipeEntry> entries = levels.get(level);
        entries.add(entry);
        if (entries.size() > Recipe.MAX_ENTRIES) {
            cutLeaf(level, entries);
        }
    }

    private void cutLeaf(int level, List<RecipeEntry> entries) throws E {
        int most = Math.min(level == 0 ? fitting(entries) : entries.size(), Recipe.MAX_ENTRIES);
        List<RecipeEntry> leaf = entries.subList(0, leafLength(entries, most));
        ByteBuffer raw = ByteBuffer.wrap(Recipe.encodeEntries(leaf));
        long length = leaf.stream().mapToLong(RecipeEntry::length).reduce(0, Math::addExact);
        ChunkId id = ChunkCodec.idOf(raw);
        leaf.clear();
        leaves.chunk(id, raw, level + 1);
        add(level + 1, new RecipeEntry(id, length));
    }

    /** Returns how many pieces one leaf may stand for: at least {@link #MIN_LEAF}, as long as there are so many. */
    private static int fitting(List<RecipeEntry> pieces) {
        long bytes = 0;
        int count = 0;
        while (count < pieces.size() && bytes + pieces.get(count).length() <= MAX_LEAF_CONTENT) {
            bytes += pieces.get(count).length();
            count++;
        }
        return Math.max(count, 1);
    }

    private static int leafLength(List<RecipeEntry> entries, int most) {
        for (int length = MIN_LEAF; length < most; length++) {
            if (endsLeaf(entries.get(length - 1).id())) {
                return length;
            }
        }
        return most;
    }

    private static boolean endsLeaf(ChunkId id) {
        return Integer.remainderUnsigned(ByteBuffer.wrap(id.toBytes()).getInt(), END_RARITY) == 0;
    }
}
