package org.tidebox.delta;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Expands recipes down to the pieces of the content, and checks on the way that everything adds up. What it cannot
 * check is that a piece's chunk has the length its entry says: whoever puts the content together does.
 */
public final class RecipeReader {
    private RecipeReader() {
    }

    /**
     * Visits all pieces of a content in order, reading one leaf per level at a time.
     *
     * @param leaves gives the verified leaf chunks
     * @throws CorruptRecipeException if a leaf is malformed, or lengths do not add up or are out of range
     */
    public static <E extends Exception> void forEach(Recipe recipe, ChunkSource<E> leaves, EntryVisitor<E> visitor)
            throws E, CorruptRecipeException {
        visit(recipe.entries(), recipe.depth(), leaves, visitor);
    }

    /**
     * Goes one level down with many entries at once, for those who fetch leaves in batches. To read a recipe level by
     * level:
     *
     * <pre>{@code
     * List<RecipeEntry> entries = recipe.entries();
     * for (int depth = recipe.depth(); depth > 0; depth--) {
     *     fetch(RecipeReader.ids(entries));
     *     entries = RecipeReader.expand(entries, depth, fetched::get);
     * }
     * }</pre>
     *
     * @param parents entries of one level
     * @param depth the depth of the parents as in {@link Recipe#depth()}, at least 1
     * @param leaves gives the verified leaf chunks
     * @return the entries of the next lower level, in order
     * @throws CorruptRecipeException if a leaf is malformed, or lengths do not add up or are out of range
     */
    public static <E extends Exception> List<RecipeEntry> expand(List<RecipeEntry> parents, int depth,
            ChunkSource<E> leaves) throws E, CorruptRecipeException {
        List<RecipeEntry> children = new ArrayList<>();
        for (RecipeEntry parent : parents) {
            children.addAll(children(parent, depth, leaves.read(parent.id())));
        }
        return children;
    }

    /** Returns the distinct chunk ids of some entries, in the order in which they first appear. */
    public static List<ChunkId> ids(List<RecipeEntry> entries) {
        return entries.stream().map(RecipeEntry::id).distinct().toList();
    }

    /**
     * Reads one leaf.
     *
     * @param parent the entry that names it
     * @param depth the depth of the parent, at least 1
     * @param leaf its verified bytes between position and limit; the buffer stays as it is
     * @throws CorruptRecipeException if it is malformed, or lengths do not add up or are out of range
     */
    public static List<RecipeEntry> children(RecipeEntry parent, int depth, ByteBuffer leaf)
            throws CorruptRecipeException {
        if (depth < 1) {
            throw new IllegalArgumentException("entries of depth " + depth + " have no leaves");
        }
        List<RecipeEntry> entries = decode(parent, leaf);
        long sum = 0;
        for (RecipeEntry entry : entries) {
            if (entry.length() > parent.length() - sum) {
                throw broken(parent, "its entries stand for more than the expected " + parent.length() + " bytes");
            }
            sum += entry.length();
        }
        if (sum != parent.length()) {
            throw broken(parent, "its entries stand for " + sum + " bytes, expected " + parent.length());
        }
        if (depth == 1) {
            checkPieces(entries);
        }
        return entries;
    }

    private static <E extends Exception> void visit(List<RecipeEntry> entries, int depth, ChunkSource<E> leaves,
            EntryVisitor<E> visitor) throws E, CorruptRecipeException {
        if (depth == 0) {
            checkPieces(entries);
        }
        for (RecipeEntry entry : entries) {
            if (depth == 0) {
                visitor.visit(entry);
            } else {
                visit(children(entry, depth, leaves.read(entry.id())), depth - 1, leaves, visitor);
            }
        }
    }

    private static List<RecipeEntry> decode(RecipeEntry parent, ByteBuffer leaf) throws CorruptRecipeException {
        int most = Recipe.MAX_ENTRIES * (ChunkId.LENGTH + Long.BYTES);
        if (leaf.remaining() > most) {
            throw broken(parent, "it has " + leaf.remaining() + " bytes; a leaf has at most " + most);
        }
        try {
            return Recipe.decodeEntries(leaf.duplicate());
        } catch (IllegalArgumentException e) {
            throw broken(parent, e.getMessage());
        }
    }

    private static void checkPieces(List<RecipeEntry> entries) throws CorruptRecipeException {
        for (RecipeEntry entry : entries) {
            if (entry.length() > EncodedChunk.MAX_LENGTH) {
                throw new CorruptRecipeException("Recipe entry for chunk " + entry.id() + " claims " + entry.length()
                        + " bytes; a chunk has at most " + EncodedChunk.MAX_LENGTH);
            }
        }
    }

    private static CorruptRecipeException broken(RecipeEntry parent, String found) {
        return new CorruptRecipeException("Recipe leaf " + parent.id() + " is wrong: " + found);
    }
}
