package org.tidebox.sync.internal.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.tree.ChunkId;

/**
 * The chunks of an old content on one level of its recipe, in order. Says which of them lie where a new content has
 * others: those are probably like them.
 */
public final class OldSequence {
    /** An old chunk that shares less than this part of its length, or of the new one's, is no base. */
    private static final int LEAST_PART = 8;
    private static final int ENDS = ChunkPatch.MAX_BASES / 2;

    private final List<Placed> chunks;
    private final Map<ChunkId, Placed> first = new HashMap<>();
    /** Chunks that come once: what repeats, as zeros do, tells nothing of where it is. */
    private final Map<ChunkId, Placed> anchors = new HashMap<>();

    /** Takes chunks by rising offsets; there may be gaps. */
    public OldSequence(List<Placed> chunks) {
        this.chunks = chunks;
        for (Placed chunk : chunks) {
            if (first.putIfAbsent(chunk.id(), chunk) == null) {
                anchors.put(chunk.id(), chunk);
            } else {
                anchors.remove(chunk.id());
            }
        }
    }

    /** Returns where a chunk comes first, or {@code null}. */
    public Placed find(ChunkId id) {
        return first.get(id);
    }

    /**
     * Finds old chunks that new ones may be told by. What stands between two chunks that both contents have is matched
     * from the front and from the back.
     *
     * @param news chunks of the same level that follow each other
     * @return for each of them the ids of at most {@link ChunkPatch#MAX_BASES} old ones, in order; none for those that
     *         the old content has as well
     */
    public List<List<ChunkId>> bases(List<Placed> news) {
        long[] shifts = shiftsFromBehind(news);
        List<List<ChunkId>> bases = new ArrayList<>(news.size());
        long shift = 0;
        for (int i = 0; i < news.size(); i++) {
            Placed chunk = news.get(i);
            Placed anchor = anchors.get(chunk.id());
            if (anchor != null) {
                shift = anchor.offset() - chunk.offset();
            }
            bases.add(find(chunk.id()) != null ? List.of() : near(chunk, shift, shifts[i]));
        }
        return bases;
    }

    /** How far each chunk moved, judged by the next one that both have; 0 if there is none. */
    private long[] shiftsFromBehind(List<Placed> news) {
        long[] shifts = new long[news.size()];
        long shift = 0;
        for (int i = news.size() - 1; i >= 0; i--) {
            Placed anchor = anchors.get(news.get(i).id());
            if (anchor != null) {
                shift = anchor.offset() - news.get(i).offset();
            }
            shifts[i] = shift;
        }
        return shifts;
    }

    private List<ChunkId> near(Placed chunk, long shift, long shiftFromBehind) {
        List<Integer> front = overlapping(chunk.offset() + shift, chunk.length());
        List<Integer> back = overlapping(chunk.offset() + shiftFromBehind, chunk.length());
        SortedSet<Integer> near = new TreeSet<>(front);
        near.addAll(back);
        if (near.size() > ChunkPatch.MAX_BASES) {
            near = new TreeSet<>(front.subList(0, Math.min(ENDS, front.size())));
            near.addAll(back.subList(Math.max(0, back.size() - ENDS), back.size()));
        }
        return near.stream().map(at -> chunks.get(at).id()).distinct().toList();
    }

    private List<Integer> overlapping(long from, long length) {
        List<Integer> found = new ArrayList<>();
        for (int at = firstEndingAfter(from); at < chunks.size() && chunks.get(at).offset() < from + length; at++) {
            Placed old = chunks.get(at);
            long shared = Math.min(old.end(), from + length) - Math.max(old.offset(), from);
            if (shared >= Math.min(old.length(), length) / LEAST_PART) {
                found.add(at);
            }
        }
        return found;
    }

    private int firstEndingAfter(long offset) {
        int from = 0;
        int to = chunks.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (chunks.get(middle).end() > offset) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
