package org.tidebox.delta.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.RecipeEntry;

/**
 * Guesses how a content will be cut by how another one was that is probably like it: while the chunks of that one come
 * in its order, the next of them is the guess.
 */
public final class LikelyCuts {
    private final List<RecipeEntry> pieces;
    /** The pieces that come once: what repeats, as zeros do, tells nothing of where it is. */
    private Map<ChunkId, Integer> places;
    private int next;

    /** Begins with the pieces of the other content, in order. */
    public LikelyCuts(List<RecipeEntry> pieces) {
        this.pieces = pieces;
    }

    /** Returns the guess for the next chunk, and takes it for right; {@code null} if there is none. */
    public RecipeEntry next() {
        return next < pieces.size() ? pieces.get(next++) : null;
    }

    /** A guess was wrong: there is none before {@link #after}. */
    public void lost() {
        next = pieces.size();
    }

    /** What follows a chunk in the other content, if it is there, is the next guess. */
    public void after(ChunkId id) {
        if (places == null) {
            places = places();
        }
        next = places.getOrDefault(id, pieces.size() - 1) + 1;
    }

    private Map<ChunkId, Integer> places() {
        Map<ChunkId, Integer> once = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            once.merge(pieces.get(i).id(), i, (first, second) -> pieces.size() - 1);
        }
        return once;
    }
}
