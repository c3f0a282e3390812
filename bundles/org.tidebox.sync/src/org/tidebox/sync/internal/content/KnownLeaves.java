package org.tidebox.sync.internal.content;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.RecipeReader;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Lists of recipe entries that came by lately: what they say of a long file need neither be fetched again nor be found
 * by cutting the file again. Keeps up to 2 MiB, which stand for some 12 GiB of long files; what was not asked for in
 * the longest time goes first. Thread-safe.
 */
public final class KnownLeaves {
    private static final int MOST_BYTES = 2 << 20;

    private final LinkedHashMap<ChunkId, byte[]> leaves = new LinkedHashMap<>(16, 0.75f, true);
    private int bytes;

    /** Remembers a list. Its id must be that of its bytes. */
    public synchronized void learn(ChunkId id, ByteBuffer raw) {
        if (leaves.get(id) == null) {
            byte[] leaf = new byte[raw.remaining()];
            raw.get(raw.position(), leaf);
            leaves.put(id, leaf);
            bytes += leaf.length;
        }
        while (bytes > MOST_BYTES) {
            bytes -= leaves.pollFirstEntry().getValue().length;
        }
    }

    /** Returns the bytes of a list, which must not be changed. */
    public synchronized Optional<ByteBuffer> find(ChunkId id) {
        return Optional.ofNullable(leaves.get(id)).map(ByteBuffer::wrap);
    }

    /** Returns the pieces that a list of such stands for, in their places; empty if the list is not known. */
    public Optional<List<Placed>> pieces(Placed list) {
        return children(new RecipeEntry(list.id(), list.length()), 1)
                .map(entries -> Placed.of(entries, list.offset()));
    }

    /** Returns the pieces of a content, in order, as far as the lists are known that name them. */
    public List<RecipeEntry> pieces(Recipe recipe) {
        List<RecipeEntry> entries = recipe.entries();
        for (int depth = recipe.depth(); depth > 0; depth--) {
            int level = depth;
            entries = entries.stream().flatMap(entry -> children(entry, level).stream()).flatMap(List::stream).toList();
        }
        return entries;
    }

    private Optional<List<RecipeEntry>> children(RecipeEntry entry, int depth) {
        Optional<ByteBuffer> leaf = find(entry.id());
        try {
            return leaf.isEmpty()
                    ? Optional.empty()
                    : Optional.of(RecipeReader.children(entry, depth, leaf.get()));
        } catch (CorruptRecipeException e) {
            // Nobody vouched for more than its id.
            return Optional.empty();
        }
    }
}
