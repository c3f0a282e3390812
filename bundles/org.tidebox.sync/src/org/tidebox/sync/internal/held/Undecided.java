package org.tidebox.sync.internal.held;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tidebox.sync.folder.AskedBatch;
import org.tidebox.sync.internal.plan.Goal;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.tree.NodeId;

/**
 * Held entries on which the last word is not spoken: what waits for a person's answer, so that each content is asked
 * about in one batch only, and what waits for other entries.
 */
final class Undecided {
    private final Map<NodeId, Asked> asked = new HashMap<>();
    private final Map<NodeId, Asked> before = new HashMap<>();
    private final Map<Side, Set<NodeId>> waiting = Map.of(Side.LOCAL, new HashSet<>(), Side.REMOTE, new HashSet<>());
    private long entries;
    private long bytes;

    private record Asked(Side to, String state) {
    }

    /** All that differ are decided on anew. */
    void beginAll() {
        before.clear();
        before.putAll(asked);
        asked.clear();
        waiting.values().forEach(Set::clear);
    }

    /** Some nodes are decided on anew. */
    void begin(Collection<NodeId> some) {
        before.clear();
        for (NodeId id : some) {
            Asked was = asked.remove(id);
            if (was != null) {
                before.put(id, was);
            }
            waiting.values().forEach(ids -> ids.remove(id));
        }
    }

    /** A content is to be asked about. */
    void ask(Goal goal, Side to) {
        Asked is = new Asked(to, Choices.state(goal.triple(), to));
        asked.put(goal.id(), is);
        if (!is.equals(before.get(goal.id()))) {
            entries++;
            bytes += HeldEntries.size(goal);
        }
    }

    /** A content waits for something else that is held. */
    void await(NodeId id, Side to) {
        waiting.get(to).add(id);
    }

    /** Returns whether there is none that would go to a side. */
    boolean isNone(Side to) {
        return waiting.get(to).isEmpty() && asked.values().stream().noneMatch(is -> is.to == to);
    }

    /** Returns what to ask since this was called last. */
    AskedBatch take() {
        AskedBatch batch = new AskedBatch(entries, bytes, asked.size());
        entries = 0;
        bytes = 0;
        return batch;
    }
}
