package org.tidebox.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * A few commits that follow upon each other, as they travel with the news: who is exactly where they begin need not ask
 * for them. What they lead to is told by a mark, so a reader can tell whether they continue the history that he knows.
 *
 * @param commits by rising sequence, without a gap; at least one, and {@link Limits#MAX_PUSHED_NODES} nodes at most
 * @param mark of the last sequence
 * @param chunks contents among them that are short, not verified; {@link Limits#MAX_PUSHED_BYTES} at most. What is not
 *        here has to be fetched
 */
public record PushedChanges(List<PushedCommit> commits, Mark mark, List<EncodedChunk> chunks) {
    /** Freezes the lists, and believes no sender. */
    public PushedChanges {
        commits = List.copyOf(commits);
        chunks = List.copyOf(chunks);
        if (commits.isEmpty()) {
            throw new IllegalArgumentException("pushed changes without a commit");
        }
        long sequence = commits.getFirst().since();
        for (PushedCommit commit : commits) {
            if (commit.since() != sequence) {
                throw new IllegalArgumentException("the commit after " + sequence + " begins after " + commit.since());
            }
            sequence = commit.upTo();
        }
        if (sequence != mark.sequence()) {
            throw new IllegalArgumentException("changes up to " + sequence + " with the mark of " + mark.sequence());
        }
        if (!isSmall(commits, chunks)) {
            throw new IllegalArgumentException("pushed changes have at most " + Limits.MAX_PUSHED_NODES
                    + " nodes and chunks of " + Limits.MAX_PUSHED_BYTES + " bytes in all");
        }
    }

    /**
     * One commit.
     *
     * @param id its id
     * @param nodes what it made, each node once, by rising sequence without a gap
     */
    public record PushedCommit(CommitId id, List<Node> nodes) {
        /** Freezes the list, and believes no sender. */
        public PushedCommit {
            nodes = List.copyOf(nodes);
            if (nodes.isEmpty() || !isOrderly(nodes)) {
                throw new IllegalArgumentException("a pushed commit has each node once, by sequence without a gap");
            }
        }

        long since() {
            return nodes.getFirst().sequence() - 1;
        }

        long upTo() {
            return nodes.getLast().sequence();
        }

        private static boolean isOrderly(List<Node> nodes) {
            Set<NodeId> seen = new HashSet<>();
            long sequence = nodes.getFirst().sequence();
            for (Node node : nodes) {
                if (node.sequence() != sequence++ || !seen.add(node.id())) {
                    return false;
                }
            }
            return sequence > nodes.size();
        }
    }

    /**
     * Makes what can travel of a commit; empty if it is too large, or changed a node twice.
     *
     * @param versions what the commit made, by sequence
     * @param mark of the last one
     * @param chunks that came with it and were verified
     */
    public static Optional<PushedChanges> of(CommitId commit, List<Node> versions, Mark mark,
            List<EncodedChunk> chunks) {
        if (versions.isEmpty() || versions.size() > Limits.MAX_PUSHED_NODES
                || !PushedCommit.isOrderly(versions)) {
            return Optional.empty();
        }
        List<PushedCommit> one = List.of(new PushedCommit(commit, versions));
        return Optional.of(new PushedChanges(one, mark, isSmall(one, chunks) ? chunks : List.of()));
    }

    /**
     * Joins what came with two pieces of news, in whatever order they came.
     *
     * @param one the one, or {@code null}
     * @param other the other, or {@code null}
     * @param head where the library is
     * @return what leads to the head; {@code null} if nothing does
     */
    public static PushedChanges join(PushedChanges one, PushedChanges other, long head) {
        PushedChanges first = one == null || other != null && other.upTo() < one.upTo() ? other : one;
        PushedChanges last = first == one ? other : one;
        if (last == null) {
            return first == null || first.upTo() != head ? null : first;
        }
        return last.upTo() != head ? null : first.then(last).orElse(last);
    }

    private Optional<PushedChanges> then(PushedChanges next) {
        if (next.since() != upTo()) {
            return Optional.empty();
        }
        List<PushedCommit> both = new ArrayList<>(commits);
        both.addAll(next.commits);
        Set<EncodedChunk> contents = new LinkedHashSet<>(chunks);
        contents.addAll(next.chunks);
        return isSmall(both, contents)
                ? Optional.of(new PushedChanges(both, next.mark, List.copyOf(contents)))
                : Optional.empty();
    }

    private static boolean isSmall(List<PushedCommit> commits, Iterable<EncodedChunk> chunks) {
        int bytes = 0;
        for (EncodedChunk chunk : chunks) {
            bytes += chunk.data().remaining();
        }
        return bytes <= Limits.MAX_PUSHED_BYTES
                && commits.stream().mapToInt(commit -> commit.nodes.size()).sum() <= Limits.MAX_PUSHED_NODES;
    }

    /** Returns the sequence after which they begin. */
    public long since() {
        return commits.getFirst().since();
    }

    /** Returns the last sequence. */
    public long upTo() {
        return mark.sequence();
    }

    /**
     * Returns what a reader gets who is at a mark, as if he had asked for what came after it; empty unless the changes
     * continue his history.
     */
    public Optional<ChangePage> after(Mark known) {
        Mark reached = known;
        Map<NodeId, Node> newest = new HashMap<>();
        for (PushedCommit commit : commits) {
            if (commit.upTo() <= known.sequence()) {
                continue;
            }
            if (commit.since() != reached.sequence()) {
                return Optional.empty();
            }
            reached = reached.after(commit.id(), commit.nodes());
            commit.nodes().forEach(node -> newest.put(node.id(), node));
        }
        List<Node> nodes = newest.values().stream().sorted(Comparator.comparing(Node::sequence)).toList();
        return reached.equals(mark) && !nodes.isEmpty()
                ? Optional.of(new ChangePage(nodes, upTo(), upTo(), mark))
                : Optional.empty();
    }
}
