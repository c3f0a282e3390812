package org.tidebox.sync.internal.content;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Where the chunks of a content lie, as far as somebody looked, on each level of its recipe. */
public final class OldPlaces {
    private static final int MOST_CHUNKS = 200_000;

    private final List<List<Placed>> levels = new ArrayList<>();
    private final Map<Integer, OldSequence> sequences = new HashMap<>();
    private final Map<ChunkId, byte[]> leaves = new HashMap<>();

    /** Adds chunks of a level. */
    public void add(int level, List<Placed> chunks) {
        while (levels.size() <= level) {
            levels.add(new ArrayList<>());
        }
        List<Placed> all = levels.get(level);
        all.addAll(chunks.subList(0, Math.min(chunks.size(), MOST_CHUNKS - all.size())));
        sequences.remove(level);
    }

    /** Adds a list of recipe entries. */
    public void addLeaf(ChunkId id, ByteBuffer raw) {
        if (leaves.size() < MOST_CHUNKS) {
            byte[] bytes = new byte[raw.remaining()];
            raw.get(raw.position(), bytes);
            leaves.put(id, bytes);
        }
    }

    /** Returns how many levels there are. */
    public int levels() {
        return levels.size();
    }

    /** Returns the chunks of a level in order. */
    public OldSequence on(int level) {
        return sequences.computeIfAbsent(level, at -> new OldSequence(level >= levels.size()
                ? List.of()
                : levels.get(level).stream().sorted(Comparator.comparing(Placed::offset)).toList()));
    }

    /** Returns a list of recipe entries, if it was added. */
    public Optional<ByteBuffer> leaf(ChunkId id) {
        return Optional.ofNullable(leaves.get(id)).map(ByteBuffer::wrap);
    }

    /** Begins with a stretch that is being cut. */
    public Stretch stretch(long offset) {
        return new Stretch(offset);
    }

    /** Takes the chunks of a stretch as the cutting gives them. */
    public final class Stretch {
        private final List<Long> ends = new ArrayList<>();
        private final long offset;

        private Stretch(long offset) {
            this.offset = offset;
        }

        public void add(ChunkId id, ByteBuffer raw, int level) {
            if (level == ends.size()) {
                ends.add(offset);
            }
            long length = level == 0 ? raw.remaining() : lengthOf(raw);
            OldPlaces.this.add(level, List.of(new Placed(id, ends.get(level), length)));
            ends.set(level, ends.get(level) + length);
            if (level > 0) {
                addLeaf(id, raw);
            }
        }

        private static long lengthOf(ByteBuffer list) {
            return Recipe.decodeEntries(list.duplicate()).stream().mapToLong(RecipeEntry::length).sum();
        }
    }
}
