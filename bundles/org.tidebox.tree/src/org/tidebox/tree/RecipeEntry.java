package org.tidebox.tree;

import java.util.Objects;

/**
 * One line of a recipe.
 *
 * @param id the chunk: a piece of the content at depth 0, else the encoded entries one level down
 * @param length how many bytes of the content the entry stands for; at least 1
 */
public record RecipeEntry(ChunkId id, long length) {
    /** Checks the parts. */
    public RecipeEntry {
        Objects.requireNonNull(id);
        if (length < 1) {
            throw new IllegalArgumentException("a recipe entry stands for at least one byte, got " + length);
        }
    }
}
