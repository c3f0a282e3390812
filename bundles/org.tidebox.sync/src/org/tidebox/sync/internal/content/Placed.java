package org.tidebox.sync.internal.content;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.RecipeEntry;

/**
 * A chunk of a content, and the stretch of the content that it stands for.
 *
 * @param id a piece of the content, or a list of recipe entries
 * @param offset where the stretch begins
 * @param length its bytes
 */
public record Placed(ChunkId id, long offset, long length) {
    /** Returns entries that follow each other, the first one at an offset. */
    public static List<Placed> of(List<RecipeEntry> entries, long offset) {
        List<Placed> placed = new ArrayList<>(entries.size());
        long at = offset;
        for (RecipeEntry entry : entries) {
            placed.add(new Placed(entry.id(), at, entry.length()));
            at += entry.length();
        }
        return placed;
    }

    public long end() {
        return offset + length;
    }
}
