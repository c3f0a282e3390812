package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.journal.JournalTransaction;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.SequenceRange;

/** One library's journal in memory, written down as plainly as can be. */
final class MemoryLibrary implements JournalTransaction {
    final List<NodeVersion> versions = new ArrayList<>();
    final Map<NodeId, Node> current = new HashMap<>();
    final Set<Long> purged = new HashSet<>();
    private final TreeMap<Long, Mark> marks = new TreeMap<>(Map.of(0L, Mark.START));
    private final Map<CommitId, Answer> answers = new LinkedHashMap<>();
    final List<SequenceRange> confirmed = new ArrayList<>();
    private long head;
    private long appendedFrom;
    private final Function<Collection<ChunkId>, Map<ChunkId, StoredChunk>> chunks;

    MemoryLibrary(Function<Collection<ChunkId>, Map<ChunkId, StoredChunk>> chunks) {
        this.chunks = chunks;
    }

    MemoryLibrary copy() {
        return copy(chunks);
    }

    MemoryLibrary copy(Function<Collection<ChunkId>, Map<ChunkId, StoredChunk>> otherChunks) {
        MemoryLibrary copy = new MemoryLibrary(otherChunks);
        copy.versions.addAll(versions);
        copy.current.putAll(current);
        copy.purged.addAll(purged);
        copy.confirmed.addAll(confirmed);
        copy.head = head;
        copy.answers.putAll(answers);
        copy.marks.putAll(marks);
        return copy;
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public Optional<Mark> mark(long sequence) {
        return Optional.ofNullable(marks.ceilingEntry(sequence)).map(entry -> entry.getValue().at(sequence));
    }

    @Override
    public Optional<CommitResult> answered(CommitId commit) {
        return Optional.ofNullable(answers.get(commit)).map(Answer::result)
                .map(answer -> answer.withMark(mark(answer.head()).orElse(null)));
    }

    @Override
    public Map<NodeId, Node> nodes(Collection<NodeId> ids) {
        Map<NodeId, Node> found = new HashMap<>(current);
        found.keySet().retainAll(new HashSet<>(ids));
        return found;
    }

    @Override
    public Map<Place, Node> at(Collection<Place> places) {
        Map<Place, Node> found = new HashMap<>();
        Set<Place> wanted = new HashSet<>(places);
        for (Node node : current.values()) {
            Place place = new Place(node.parent(), node.name());
            if (!node.deleted() && wanted.contains(place)) {
                found.put(place, node);
            }
        }
        return found;
    }

    @Override
    public Map<NodeId, Integer> liveChildren(Collection<NodeId> folders) {
        Map<NodeId, Integer> found = new HashMap<>();
        current.values().stream().filter(node -> !node.deleted())
                .forEach(node -> found.merge(node.parent(), 1, Integer::sum));
        found.keySet().retainAll(new HashSet<>(folders));
        return found;
    }

    @Override
    public Map<ChunkId, StoredChunk> chunks(Collection<ChunkId> ids) {
        return chunks.apply(ids);
    }

    @Override
    public Mark append(CommitId commit, CommitResult answer, List<Node> added, long device, Instant time)
            throws StorageException {
        Mark mark = marks.lastEntry().getValue().after(commit, added);
        appendedFrom = head + 1;
        for (Node node : added) {
            if (node.sequence() != head() + 1) {
                throw new StorageException("The version " + node.sequence() + " does not follow " + head(), true, null);
            }
            head++;
            versions.add(new NodeVersion(node, device, time));
            current.put(node.id(), node);
        }
        answers.put(commit, new Answer(answer, time));
        marks.put(mark.sequence(), mark);
        return mark;
    }

    @Override
    public void confirm() {
        if (appendedFrom <= head) {
            confirmed.add(new SequenceRange(appendedFrom, head));
        }
    }

    int forgetAnswers(Instant before, int limit) {
        List<CommitId> old = answers.entrySet().stream().filter(entry -> entry.getValue().time().isBefore(before))
                .map(Map.Entry::getKey).limit(limit).toList();
        answers.keySet().removeAll(old);
        return old.size();
    }

    private record Answer(CommitResult result, Instant time) {
    }
}
