package org.tidebox.sync.internal.content;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * The tree of chunks of a content that is being cut, without what lies below lists that the server has: of a large
 * file with a small edit only a few stretches stay in memory. Keeps ids, places and lists, no pieces.
 */
public final class NewContent {
    private final Set<ChunkId> known;
    /** For each level what no list has named yet. */
    private final List<List<Item>> tops = new ArrayList<>();
    private long offset;
    private int held;

    /** Begins with nothing; takes the ids of the lists and pieces that the server has for sure. */
    public NewContent(Set<ChunkId> known) {
        this.known = known;
    }

    /**
     * A chunk of the content.
     *
     * @param level 0 for a piece, n for a list of entries at depth n - 1
     * @param place its id and the stretch that it stands for
     * @param list the bytes of a list; {@code null} for a piece
     * @param children what a list names; empty if the server has it
     */
    public record Item(int level, Placed place, byte[] list, List<Item> children) {
    }

    /** Takes the next chunk as the cutting gives it. */
    public void add(ChunkId id, ByteBuffer raw, int level) {
        while (tops.size() <= level) {
            tops.add(new ArrayList<>());
        }
        tops.get(level).add(level == 0 ? piece(id, raw.remaining()) : list(level, id, raw));
        held++;
    }

    /** Returns how many chunks are held in memory. */
    public int held() {
        return held;
    }

    /** Returns what no list has named yet on a level: at the end, on the recipe's level, its entries. */
    public List<Item> tops(int level) {
        return level < tops.size() ? tops.get(level) : List.of();
    }

    /** Returns how many levels there are so far. */
    public int levels() {
        return tops.size();
    }

    /** Forgets all that is held. */
    public void forget() {
        tops.clear();
        held = 0;
    }

    private Item piece(ChunkId id, int length) {
        Placed place = new Placed(id, offset, length);
        offset += length;
        return new Item(0, place, null, List.of());
    }

    private Item list(int level, ChunkId id, ByteBuffer raw) {
        byte[] bytes = new byte[raw.remaining()];
        raw.get(raw.position(), bytes);
        List<RecipeEntry> entries = Recipe.decodeEntries(ByteBuffer.wrap(bytes));
        List<Item> named = tops.get(level - 1).subList(0, entries.size());
        long length = entries.stream().mapToLong(RecipeEntry::length).sum();
        Placed place = new Placed(id, named.getFirst().place().offset(), length);
        boolean isKnown = known.contains(id);
        List<Item> children = isKnown ? List.of() : List.copyOf(named);
        if (isKnown) {
            named.forEach(this::drop);
        }
        named.clear();
        return new Item(level, place, bytes, children);
    }

    private void drop(Item item) {
        held--;
        item.children().forEach(this::drop);
    }
}
