package org.tidebox.sync.tests;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.sync.Past;
import org.tidebox.sync.Remote;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.RemoteException.Reason;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.HistoryEntry;

/**
 * A server with one library, in memory, with all the checks of a real one; counts requests, and fails on demand.
 * Thread-safe.
 */
public final class MemoryRemote implements Remote, Past {
    private static final int PAGE = 500;
    private static final int SMALL_PAGE = 7;

    private final IndexedMap<Node> nodes = new IndexedMap<>(Node::parent);
    private final TreeMap<Long, NodeId> journal = new TreeMap<>();
    private final Map<ChunkId, EncodedChunk> chunks = new HashMap<>();
    private final Map<CommitId, CommitResult> answers = new HashMap<>();
    private final ChunkCodec codec = new ChunkCodec();
    private final PatchCodec patchCodec = new PatchCodec();
    private final List<HistoryEntry> versions = new ArrayList<>();
    private final TreeMap<Long, Mark> marks = new TreeMap<>(Map.of(0L, Mark.START));
    private Instant time = Instant.EPOCH;
    private long head;
    private int failIn = -1;
    private boolean loseAnswers;
    /** Requests so far, by kind. */
    public int changesRequests;
    public int missingRequests;
    public int uploads;
    public int fetches;
    public int newestRequests;
    /** Nodes that were told of folders as they were. */
    public long pastNodes;
    /** Chunks and their raw bytes that travelled. */
    public long chunksUp;
    public long bytesUp;
    public long chunksDown;
    public long bytesDown;
    /** Encoded chunks, patches, signatures and ids asked for: about what travels. */
    public long wireUp;
    public long wireDown;
    /** Chunks that travelled as patches. */
    public int patchesUp;
    public int patchesDown;
    public int signatureRequests;
    /** Whether it knows patches. */
    public boolean speaksPatches = true;
    /** Whether patches that it sends are wrong, and those that it takes build on what has just gone. */
    public boolean damagePatches;
    public boolean basesVanish;
    /** Whether it has lost what is fetched. */
    public boolean refuseFetches;

    @Override
    public synchronized ChangePage changes(LibraryId library, long since, Mark seen) throws RemoteException {
        changesRequests++;
        mayFail();
        checkSeen(seen);
        List<Node> newer = journal.tailMap(since, false).entrySet().stream().map(entry -> nodes.get(entry.getValue()))
                .limit(PAGE).toList();
        long upTo = newer.size() < PAGE ? head : newer.getLast().sequence();
        return new ChangePage(newer, upTo, head, mark(upTo));
    }

    private Mark mark(long sequence) {
        Map.Entry<Long, Mark> entry = marks.ceilingEntry(sequence);
        return entry == null ? null : entry.getValue().at(sequence);
    }

    private void checkSeen(Mark seen) throws RemoteException {
        if (seen != null && !seen.equals(mark(seen.sequence()))) {
            throw new RemoteException(Reason.SET_BACK, "the server was set back", null);
        }
    }

    @Override
    public synchronized Set<ChunkId> missing(LibraryId library, Collection<ChunkId> ids) throws RemoteException {
        missingRequests++;
        mayFail();
        wireUp += (long) ids.size() * ChunkId.LENGTH;
        Set<ChunkId> missing = new HashSet<>(ids);
        missing.removeAll(chunks.keySet());
        return missing;
    }

    /** Wants the files whose recipes name a chunk that is not there. */
    @Override
    public synchronized List<NodeId> wanted(LibraryId library) throws RemoteException {
        mayFail();
        return live().stream().filter(node -> node.recipe() != null
                && node.recipe().entries().stream().anyMatch(entry -> !chunks.containsKey(entry.id())))
                .map(Node::id).toList();
    }

    @Override
    public CommitResult upload(LibraryId library, ChunkStream stream, Commit commit) throws RemoteException {
        synchronized (this) {
            uploads++;
            mayFail();
        }
        for (Outgoing next = stream.next(); next != null; next = stream.next()) {
            switch (next) {
                case Whole whole -> {
                    count(whole.chunk().data().remaining());
                    store(whole.chunk(), whole.level());
                }
                case Patched patched -> {
                    count(patched.patch().data().remaining());
                    store(whole(patched.patch()), patched.level());
                }
            }
        }
        CommitResult result = commit == null ? null : commit(commit);
        synchronized (this) {
            if (loseAnswers) {
                loseAnswers = false;
                throw new RemoteException(Reason.UNREACHABLE, "the answer got lost", null);
            }
        }
        return result;
    }

    @Override
    public void fetch(LibraryId library, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException {
        List<EncodedChunk> found = new ArrayList<>();
        synchronized (this) {
            fetches++;
            mayFail();
            if (refuseFetches) {
                throw new RemoteException(Reason.REFUSED, "lost", null);
            }
            for (ChunkId id : ids) {
                EncodedChunk chunk = chunks.get(id);
                if (chunk == null) {
                    throw new RemoteException(Reason.REFUSED, "no chunk " + id, null);
                }
                chunksDown++;
                bytesDown += chunk.rawLength();
                wireDown += chunk.data().remaining();
                found.add(chunk);
            }
        }
        for (EncodedChunk chunk : found) {
            receiver.chunk(chunk);
        }
    }

    @Override
    public synchronized Map<ChunkId, BlockSignature> signatures(LibraryId library, Collection<ChunkId> ids)
            throws RemoteException {
        Map<ChunkId, BlockSignature> signatures = new HashMap<>();
        if (ids.isEmpty() || !speaksPatches) {
            return signatures;
        }
        signatureRequests++;
        mayFail();
        for (ChunkId id : ids) {
            if (chunks.containsKey(id)) {
                signatures.put(id, BlockSignature.of(raw(chunks.get(id))));
                wireDown += ChunkId.LENGTH + signatures.get(id).encode().length;
            }
        }
        return signatures;
    }

    @Override
    public void fetchPatches(LibraryId library, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException {
        for (ChunkWish wish : wishes) {
            Optional<ChunkPatch> patch = patch(wish);
            if (patch.isPresent()) {
                patches.patch(patch.get());
            } else {
                fetch(library, List.of(wish.id()), wholes);
                fetches--;
            }
        }
        fetches++;
    }

    private synchronized Optional<ChunkPatch> patch(ChunkWish wish) throws RemoteException {
        boolean possible = speaksPatches && !wish.bases().isEmpty() && chunks.keySet().containsAll(wish.bases())
                && chunks.containsKey(wish.id());
        if (!possible) {
            return Optional.empty();
        }
        mayFail();
        List<ByteBuffer> bases = new ArrayList<>();
        for (ChunkId base : wish.bases()) {
            bases.add(raw(chunks.get(base)));
        }
        ByteBuffer raw = raw(chunks.get(wish.id()));
        Optional<ChunkPatch> patch = patchCodec.byDictionary(wish.id(), raw, wish.bases(), bases);
        if (patch.isPresent()) {
            patchesDown++;
            chunksDown++;
            bytesDown += raw.remaining();
            wireDown += patch.get().data().remaining();
        }
        return patch.map(right -> damagePatches
                ? new ChunkPatch(right.id(), right.bases(), right.kind(), right.rawLength(), ByteBuffer.allocate(5))
                : right);
    }

    private ByteBuffer raw(EncodedChunk chunk) throws RemoteException {
        try {
            return codec.decode(chunk);
        } catch (CorruptChunkException e) {
            throw new RemoteException(Reason.REFUSED, e.getMessage(), e);
        }
    }

    /** Puts a chunk together that came as a patch. */
    private synchronized EncodedChunk whole(ChunkPatch patch) throws RemoteException {
        List<ByteBuffer> bases = new ArrayList<>();
        for (ChunkId base : patch.bases()) {
            if (!chunks.containsKey(base) || basesVanish) {
                throw new RemoteException(Reason.FAILED, "a base is gone", null);
            }
            bases.add(raw(chunks.get(base)));
        }
        try {
            patchesUp++;
            return codec.encode(patch.id(), patchCodec.apply(patch, bases));
        } catch (CorruptChunkException e) {
            throw new RemoteException(Reason.REFUSED, e.getMessage(), e);
        }
    }

    /** Lets the n-th request from now fail (0: the next one) as if the server was not there. */
    public synchronized void failIn(int requests) {
        failIn = requests;
    }

    /** Lets the next upload be done without the device hearing of it. */
    public synchronized void loseNextAnswer() {
        loseAnswers = true;
    }

    /** Drops all chunks, as a server does with what nothing names any more. */
    public synchronized void forgetAll() {
        chunks.clear();
    }

    /** Drops a chunk, as a damaged server would. */
    public synchronized void forget(ChunkId id) {
        chunks.remove(id);
    }

    /** Puts a node into the journal without any check, as a hostile server would. */
    public synchronized void inject(Node node) {
        put(node);
        mark(CommitId.parse("00".repeat(CommitId.LENGTH)), head - 1);
    }

    /** Returns a backup of all there is. */
    public synchronized Backup backUp() {
        return new Backup(List.copyOf(versions), Map.copyOf(answers), Map.copyOf(chunks), Map.copyOf(marks));
    }

    /** Puts a backup back. */
    public synchronized void restore(Backup backup) {
        nodes.rows().keySet().stream().toList().forEach(id -> nodes.set(id, Optional.empty()));
        journal.clear();
        versions.clear();
        head = 0;
        backup.versions.forEach(entry -> put(entry.node()));
        answers.clear();
        answers.putAll(backup.answers);
        chunks.clear();
        chunks.putAll(backup.chunks);
        marks.clear();
        marks.putAll(backup.marks);
    }

    /** All that the server knew at a moment. */
    public record Backup(List<HistoryEntry> versions, Map<CommitId, CommitResult> answers,
            Map<ChunkId, EncodedChunk> chunks, Map<Long, Mark> marks) {
    }

    /** Returns the head. */
    public synchronized long head() {
        return head;
    }

    /** Returns the live nodes. */
    public synchronized List<Node> live() {
        return nodes.rows().values().stream().filter(node -> !node.deleted()).toList();
    }

    /** Returns how many requests there were. */
    public synchronized int requests() {
        return changesRequests + missingRequests + uploads + fetches;
    }

    /** Lets the server's clock stand at this second from now on. */
    public synchronized void second(long second) {
        time = Instant.ofEpochSecond(second);
    }

    /** Drops all versions but the newest one of a node, as retention does. */
    public synchronized void forgetOldVersions(NodeId id) {
        long newest = nodes.get(id).sequence();
        forget(id, history(null, id).stream().map(entry -> entry.node().sequence())
                .filter(sequence -> sequence < newest).toList());
    }

    /** Drops versions of a node, and marks those that followed upon them. */
    public synchronized void forget(NodeId id, Collection<Long> sequences) {
        boolean thinned = false;
        for (HistoryEntry entry : history(null, id).reversed()) {
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

    @Override
    public synchronized List<HistoryEntry> history(LibraryId library, NodeId node) {
        return versions.stream().filter(entry -> entry.node().id().equals(node)).toList().reversed();
    }

    @Override
    public synchronized PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after) {
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
        pastNodes += page.size();
        List<NodeId> thinned = page.stream().map(Node::id).filter(id -> history(null, id).reversed().stream()
                .filter(entry -> entry.node().sequence() > asOf).findFirst().filter(HistoryEntry::thinned).isPresent())
                .toList();
        return new PastPage(page, thinned, done, after, head);
    }

    @Override
    public synchronized List<HistoryEntry> newest(LibraryId library, Collection<NodeId> ids) {
        newestRequests++;
        return ids.stream().filter(id -> nodes.get(id) != null).map(id -> history(library, id).getFirst()).toList();
    }

    @Override
    public synchronized List<HistoryEntry> deleted(LibraryId library, long before) {
        return versions.reversed().stream()
                .filter(entry -> entry.node().deleted() && entry.node().sequence() < before
                        && nodes.get(entry.node().id()).sequence() == entry.node().sequence())
                .limit(SMALL_PAGE).toList();
    }

    @Override
    public synchronized long sequenceAt(LibraryId library, Instant moment) {
        return versions.stream().filter(entry -> !entry.time().isAfter(moment))
                .mapToLong(entry -> entry.node().sequence()).max().orElse(0);
    }

    private void mayFail() throws RemoteException {
        if (failIn >= 0 && failIn-- == 0) {
            throw new RemoteException(Reason.UNREACHABLE, "the server does not answer", null);
        }
    }

    private synchronized void count(int bytes) {
        wireUp += bytes;
    }

    private synchronized void store(EncodedChunk chunk, int level) throws RemoteException {
        try {
            ByteBuffer raw = codec.decode(chunk);
            if (level > 0) {
                for (RecipeEntry entry : Recipe.decodeEntries(raw.duplicate())) {
                    if (!chunks.containsKey(entry.id())) {
                        throw new RemoteException(Reason.REFUSED, "a list came before what it names", null);
                    }
                }
            }
            EncodedChunk old = chunks.put(chunk.id(), chunk);
            chunksUp++;
            bytesUp += raw.remaining();
            if (old != null && chunk.rawLength() != old.rawLength()) {
                throw new IllegalStateException("two chunks with one id");
            }
        } catch (CorruptChunkException e) {
            throw new RemoteException(Reason.REFUSED, e.getMessage(), e);
        }
    }

    private synchronized CommitResult commit(Commit commit) throws RemoteException {
        checkSeen(commit.seen());
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
        return result;
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
                || wanted.recipe().entries().stream().allMatch(entry -> chunks.containsKey(entry.id()));
        return whole ? Optional.empty() : Optional.of(Outcome.rejected(Conflict.Reason.MISSING_CHUNKS, null));
    }
}
