package org.tidebox.server.data;

import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.RecipeEntry;

/** Whether a stored chunk is what a recipe entry takes it for. */
public final class ChunkLevels {
    private ChunkLevels() {
    }

    /**
     * Checks level and length.
     *
     * @param depth of the entry as in {@link org.tidebox.tree.Recipe#depth()}: 0 if it names a piece of content
     */
    public static boolean fits(StoredChunk chunk, RecipeEntry entry, int depth) {
        return depth == 0
                ? chunk.rawLength() == entry.length()
                : chunk.level() == depth && chunk.contentLength() == entry.length();
    }
}
