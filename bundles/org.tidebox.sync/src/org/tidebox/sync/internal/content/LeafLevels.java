package org.tidebox.sync.internal.content;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Tells the pieces of one content from the lists of recipe entries that come between them, while the content is being
 * cut: a list names exactly the first chunks of its lower level that no list has named yet.
 */
public final class LeafLevels {
    private static final int ENTRY = ChunkId.LENGTH + Long.BYTES;

    private final List<List<ChunkId>> unnamed = new ArrayList<>(List.of(new ArrayList<>()));
    private long pieces;

    /** Returns the level of the next chunk: 0 for a piece, n for a list of entries at depth n - 1. */
    public int levelOf(ChunkId id, ByteBuffer raw) {
        int level = pieces > Recipe.MAX_ENTRIES && raw.remaining() % ENTRY == 0
                && raw.remaining() <= ENTRY * Recipe.MAX_ENTRIES
                        ? levelOfList(raw)
                        : 0;
        if (level == 0) {
            pieces++;
        }
        if (level == unnamed.size()) {
            unnamed.add(new ArrayList<>());
        }
        unnamed.get(level).add(id);
        return level;
    }

    private int levelOfList(ByteBuffer raw) {
        for (int below = 0; below < unnamed.size(); below++) {
            List<ChunkId> waiting = unnamed.get(below);
            int count = raw.remaining() / ENTRY;
            if (count <= waiting.size() && names(raw, waiting.subList(0, count))) {
                waiting.subList(0, count).clear();
                return below + 1;
            }
        }
        return 0;
    }

    private static boolean names(ByteBuffer raw, List<ChunkId> ids) {
        try {
            return Recipe.decodeEntries(raw.duplicate()).stream().map(RecipeEntry::id).toList().equals(ids);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
