package org.tidebox.sync.tests;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.Messages.HistoryEntry;

/** The tree, the journal and the past of the one library of a {@link MemoryRemote}. */
final class RemoteLibrary {
    private static final int PAGE = 500;
    private static final int SMALL_PAGE = 7;

    private final IndexedMap<Node> nodes = new IndexedMap<>(Node::parent);
    private final TreeMap<Long, NodeId> journal = new TreeMap<>();
    private final Map<CommitId, CommitResult> answers = new HashMap<>();
    private final List<HistoryEntry> versions = new ArrayList<>();
    private final TreeMap<Long, Mark> marks = new TreeMap<>(Map.of(0L, Mark.START));
    private final List<SequenceRange> confirmed = new ArrayList<>();
    private final Predicate<ChunkId> isStored;
    private Instant time = Instant.EPOCH;
    private long head;

    /** Makes an empty one. */
    public RemoteLibrary(Predicate<ChunkId> isStored) {
        this.isStored = isStored;
    }

    public long head() {
        return head;
    }

    public void time(Instant now) {
        time = now;
    }

    public ChangePage changes(long since) {
        List<Node> newer = journal.tailMap(since, false).entrySet().stream().map(entry -> nodes.get(entry.getValue()))
                .limit(PAGE).toList();
        long upTo = newer.size() < PAGE ? head : newer.getLast().sequence();
        return new ChangePage(newer, upTo, head, mark(upTo));
    }

    public Mark mark(long sequence) {
        Map.Entry<Long, Mark> entry = marks.ceilingEntry(sequence);
        return entry == null ? null : entry.getValue().at(sequence);
    }

    public List<Node> live() {
        return nodes.rows().values().stream().filter(node -> !node.deleted()).toList();
    }

    /** Puts a node into the journal without any check. */
    public void inject(Node node) {
        put(node);
        mark(CommitId.parse("00".repeat(CommitId.LENGTH)), head - 1);
    }

    public Backup backUp() {
        return new Backup(List.copyOf(versions), Map.copyOf(answers), Map.copyOf(marks));
    }

    public void restore(Backup backup) {
        nodes.rows().keySet().stream().toList().forEach(id -> nodes.set(id, Optional.empty()));
        journal.clear();
        versions.clear();
        head = 0;
        backup.versions.forEach(entry -> put(entry.node()));
        answers.clear();
        answers.putAll(backup.answers);
        marks.clear();
        marks.putAll(backup.marks);
    }

    /** All that it knew at a moment. */
    public record Backup(List<HistoryEntry> versions, Map<CommitId, CommitResult> answers, Map<Long, Mark> marks) {
    }

    /** Drops all versions but the newest one of a node, as retention does. */
    public void forgetOldVersions(NodeId id) {
        long newest = nodes.get(id).sequence();
        forget(id, history(id).stream().map(entry -> entry.node().sequence())
                .filter(sequence -> sequence < newest).toList());
    }

    /** Drops versions of a node, and marks those that followed upon them. */
    public void forget(NodeId id, Collection<Long> sequences) {
        boolean thinned = false;
        for (HistoryEntry entry : history(id).reversed()) {
            if (sequences.contains(entry.node().sequence())) {
                versions.remove(entry);
                thinned = true;
            } else if (thinned) {
                versions.set(versions.indexOf(entry),
                        new HistoryEntry(entry.node(), entry.device(), entry.time(), true));
                thinned = false;
            }
        }
    }

    public List<HistoryEntry> history(NodeId node) {
        return versions.stream().filter(entry -> entry.node().id().equals(node)).toList().reversed();
    }

    public List<NodeId> formerly(NodeId folder, String name) {
        return versions.reversed().stream().map(HistoryEntry::node)
                .filter(node -> node.parent().equals(folder) && node.name().equals(name)).map(Node::id).distinct()
                .toList();
    }

    public PastPage children(List<NodeId> folders, long asOf, long after) {
        Map<NodeId, Node> then = new HashMap<>();
        versions.stream().map(HistoryEntry::node).filter(node -> node.sequence() <= asOf)
                .forEach(node -> then.put(node.id(), node));
        List<Node> page = new ArrayList<>();
        for (int done = 0; done < folders.size(); done++) {
            NodeId folder = folders.get(done);
            long behind = done == 0 ? after : 0;
            then.values().stream().filter(node -> !node.deleted() && node.parent().equals(folder)
                    && node.sequence() > behind).sorted(Comparator.comparing(Node::sequence))
                    .limit(SMALL_PAGE - page.size()).forEach(page::add);
            if (page.size() == SMALL_PAGE) {
                return page(page, asOf, done, page.getLast().sequence());
            }
        }
        return page(page, asOf, folders.size(), 0);
    }

    private PastPage page(List<Node> page, long asOf, int done, long after) {
        List<NodeId> thinned = page.stream().map(Node::id).filter(id -> history(id).reversed().stream()
                .filter(entry -> entry.node().sequence() > asOf).findFirst().filter(HistoryEntry::thinned).isPresent())
                .toList();
        return new PastPage(page, thinned, done, after, head);
    }

    public List<HistoryEntry> newest(Collection<NodeId> ids) {
        return ids.stream().filter(id -> nodes.get(id) != null).map(id -> history(id).getFirst()).toList();
    }

    public List<HistoryEntry> deleted(long before) {
        return versions.reversed().stream()
                .filter(entry -> entry.node().deleted() && entry.node().sequence() < before
                        && nodes.get(entry.node().id()).sequence() == entry.node().sequence())
                .limit(SMALL_PAGE).toList();
    }

    public long sequenceAt(Instant moment) {
        return versions.stream().filter(entry -> !entry.time().isAfter(moment))
                .mapToLong(entry -> entry.node().sequence()).max().orElse(0);
    }

    public CommitResult commit(Commit commit) {
        CommitResult answered = answers.get(commit.id());
        if (answered != null) {
            return answered;
        }
        long before = head;
        List<Outcome> outcomes = new ArrayList<>();
        for (Change change : commit.changes()) {
            outcomes.add(apply(change));
        }
        CommitResult result = new CommitResult(head, outcomes, mark(commit.id(), before));
        answers.put(commit.id(), result);
        if (commit.isConfirmed() && head > before) {
            confirmed.add(new SequenceRange(before + 1, head));
        }
        return result;
    }

    public List<SequenceRange> confirmed(long since) {
        return confirmed.stream().filter(range -> range.last() > since).toList();
    }

    private Mark mark(CommitId commit, long before) {
        List<Node> added = versions.reversed().stream().map(HistoryEntry::node)
                .takeWhile(node -> node.sequence() > before).toList().reversed();
        Mark mark = marks.get(before).after(commit, added);
        marks.put(mark.sequence(), mark);
        return mark;
    }

    private Outcome apply(Change change) {
        Node wanted = change.node();
        Node current = nodes.get(wanted.id());
        if (change.base() != (current == null ? 0 : current.sequence())) {
            return Outcome.rejected(Conflict.Reason.STALE, current);
        }
        if (current != null && current.withSequence(0).equals(wanted.withSequence(0))) {
            return Outcome.accepted(current.sequence());
        }
        if (wanted.deleted()) {
            boolean full = nodes.with(wanted.id()).anyMatch(node -> !node.deleted());
            if (full) {
                return Outcome.rejected(Conflict.Reason.NOT_EMPTY, current);
            }
        } else if (refusal(wanted).isPresent()) {
            return refusal(wanted).get();
        }
        put(wanted);
        return Outcome.accepted(head);
    }

    private void put(Node node) {
        Node old = nodes.get(node.id());
        if (old != null) {
            journal.remove(old.sequence());
        }
        nodes.set(node.id(), Optional.of(node.withSequence(++head)));
        versions.add(new HistoryEntry(node.withSequence(head), "device", time, false));
        journal.put(head, node.id());
    }

    private Optional<Outcome> refusal(Node wanted) {
        Node parent = nodes.get(wanted.parent());
        boolean parentIsFine = wanted.parent().equals(NodeId.ROOT)
                || parent != null && !parent.deleted() && parent.kind() == NodeKind.FOLDER;
        if (!parentIsFine) {
            return Optional.of(Outcome.rejected(Conflict.Reason.NO_PARENT, null));
        }
        for (NodeId at = wanted.parent(); !at.equals(NodeId.ROOT); at = nodes.get(at).parent()) {
            if (at.equals(wanted.id())) {
                return Optional.of(Outcome.rejected(Conflict.Reason.CYCLE, null));
            }
        }
        Optional<Node> holder = nodes.with(wanted.parent())
                .filter(node -> !node.deleted() && !node.id().equals(wanted.id())
                        && node.samePlace(wanted))
                .findFirst();
        if (holder.isPresent()) {
            return Optional.of(Outcome.rejected(Conflict.Reason.NAME_TAKEN, holder.get()));
        }
        boolean whole = wanted.recipe() == null
                || wanted.recipe().entries().stream().allMatch(entry -> isStored.test(entry.id()));
        return whole ? Optional.empty() : Optional.of(Outcome.rejected(Conflict.Reason.MISSING_CHUNKS, null));
    }
}
