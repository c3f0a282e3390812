package org.tidebox.sync.tests;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.delta.RecipeReader;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.PushedChanges;

/**
 * A server with one library, in memory, with all the checks of a real one; counts requests, and fails on demand.
 * Thread-safe.
 */
public final class MemoryRemote implements Remote, RemoteHistory {
    private final Map<ChunkId, EncodedChunk> chunks = new HashMap<>();
    private final RemoteLibrary library = new RemoteLibrary(chunks::containsKey);
    private final ChunkCodec codec = new ChunkCodec();
    private final PatchCodec patchCodec = new PatchCodec();
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
    /** What it would tell others with the news of the last commit; {@code null} if nothing. */
    public PushedChanges pushed;
    /** Whether it has lost what is fetched. */
    public boolean refuseFetches;

    @Override
    public synchronized ChangePage changes(LibraryId ignored, long since, Mark seen) throws RemoteException {
        changesRequests++;
        mayFail();
        checkSeen(seen);
        return library.changes(since);
    }

    @Override
    public synchronized List<SequenceRange> confirmed(LibraryId ignored, long since) throws RemoteException {
        mayFail();
        return library.confirmed(since);
    }

    private void checkSeen(Mark seen) throws RemoteException {
        if (seen != null && !seen.equals(library.mark(seen.sequence()))) {
            throw new RemoteException(Reason.SET_BACK, "the server was set back", null);
        }
    }

    @Override
    public synchronized Set<ChunkId> missing(LibraryId ignored, Collection<ChunkId> ids) throws RemoteException {
        missingRequests++;
        mayFail();
        wireUp += (long) ids.size() * ChunkId.LENGTH;
        Set<ChunkId> missing = new HashSet<>(ids);
        missing.removeAll(chunks.keySet());
        return missing;
    }

    /** Wants the files whose recipes name a chunk that is not there. */
    @Override
    public synchronized List<NodeId> wanted(LibraryId ignored) throws RemoteException {
        mayFail();
        return live().stream().filter(node -> node.recipe() != null
                && node.recipe().entries().stream().anyMatch(entry -> !chunks.containsKey(entry.id())))
                .map(Node::id).toList();
    }

    @Override
    public CommitResult upload(LibraryId ignored, ChunkStream stream, Commit commit) throws RemoteException {
        synchronized (this) {
            uploads++;
            mayFail();
        }
        List<EncodedChunk> came = new ArrayList<>();
        for (Outgoing next = stream.next(); next != null; next = stream.next()) {
            switch (next) {
                case Whole whole -> {
                    came.add(whole.chunk());
                    count(whole.chunk().data().remaining());
                    store(whole.chunk(), whole.level());
                }
                case Patched patched -> {
                    count(patched.patch().data().remaining());
                    store(whole(patched.patch()), patched.level());
                }
            }
        }
        synchronized (this) {
            CommitResult result = null;
            if (commit != null) {
                checkSeen(commit.seen());
                long before = library.head();
                result = library.commit(commit);
                pushed = PushedChanges.of(commit.id(), library.changes(before).nodes(), result.mark(), came)
                        .orElse(null);
            }
            if (loseAnswers) {
                loseAnswers = false;
                throw new RemoteException(Reason.UNREACHABLE, "the answer got lost", null);
            }
            return result;
        }
    }

    @Override
    public void fetch(LibraryId ignored, List<ChunkId> ids, ChunkReceiver receiver) throws RemoteException {
        beginFetch();
        List<EncodedChunk> found = new ArrayList<>();
        for (ChunkId id : ids) {
            found.add(fetched(id));
        }
        for (EncodedChunk chunk : found) {
            receiver.chunk(chunk);
        }
    }

    private synchronized void beginFetch() throws RemoteException {
        fetches++;
        mayFail();
        if (refuseFetches) {
            throw new RemoteException(Reason.REFUSED, "lost", null);
        }
    }

    private synchronized EncodedChunk fetched(ChunkId id) throws RemoteException {
        EncodedChunk chunk = chunks.get(id);
        if (chunk == null) {
            throw new RemoteException(Reason.REFUSED, "no chunk " + id, null);
        }
        chunksDown++;
        bytesDown += chunk.rawLength();
        wireDown += chunk.data().remaining();
        return chunk;
    }

    @Override
    public synchronized Map<ChunkId, BlockSignature> signatures(LibraryId ignored, Collection<ChunkId> ids)
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
    public void fetchPatches(LibraryId ignored, List<ChunkWish> wishes, ChunkReceiver wholes, PatchReceiver patches)
            throws RemoteException {
        beginFetch();
        for (ChunkWish wish : wishes) {
            Optional<ChunkPatch> patch = patch(wish);
            if (patch.isPresent()) {
                patches.patch(patch.get());
            } else {
                wholes.chunk(fetched(wish.id()));
            }
        }
    }

    private synchronized Optional<ChunkPatch> patch(ChunkWish wish) throws RemoteException {
        boolean possible = speaksPatches && !wish.bases().isEmpty() && chunks.keySet().containsAll(wish.bases())
                && chunks.containsKey(wish.id());
        if (!possible) {
            return Optional.empty();
        }
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

    /** Returns the pieces that a file's content is made of, in order. */
    public synchronized List<ChunkId> piecesOf(Node file) throws RemoteException, CorruptRecipeException {
        List<ChunkId> pieces = new ArrayList<>();
        RecipeReader.forEach(file.recipe(), id -> raw(chunks.get(id)), entry -> pieces.add(entry.id()));
        return pieces;
    }

    /** Puts a node into the journal without any check, as a hostile server would. */
    public synchronized void inject(Node node) {
        library.inject(node);
    }

    /** Returns a backup of all there is. */
    public synchronized Backup backUp() {
        return new Backup(library.backUp(), Map.copyOf(chunks));
    }

    /** Puts a backup back. */
    public synchronized void restore(Backup backup) {
        library.restore(backup.library);
        chunks.clear();
        chunks.putAll(backup.chunks);
    }

    /** All that the server knew at a moment. */
    public record Backup(RemoteLibrary.Backup library, Map<ChunkId, EncodedChunk> chunks) {
    }

    /** Returns the head. */
    public synchronized long head() {
        return library.head();
    }

    /** Returns the live nodes. */
    public synchronized List<Node> live() {
        return library.live();
    }

    /** Returns how many requests there were. */
    public synchronized int requests() {
        return changesRequests + missingRequests + uploads + fetches;
    }

    /** Lets the server's clock stand at this second from now on. */
    public synchronized void second(long second) {
        library.time(Instant.ofEpochSecond(second));
    }

    /** Drops all versions but the newest one of a node, as retention does. */
    public synchronized void forgetOldVersions(NodeId id) {
        library.forgetOldVersions(id);
    }

    /** Drops versions of a node, and marks those that followed upon them. */
    public synchronized void forget(NodeId id, Collection<Long> sequences) {
        library.forget(id, sequences);
    }

    @Override
    public synchronized List<HistoryEntry> history(LibraryId ignored, NodeId node) {
        return library.history(node);
    }

    @Override
    public synchronized PastPage children(LibraryId ignored, List<NodeId> folders, long asOf, long after) {
        PastPage page = library.children(folders, asOf, after);
        pastNodes += page.nodes().size();
        return page;
    }

    @Override
    public synchronized List<HistoryEntry> newest(LibraryId ignored, Collection<NodeId> nodes) {
        newestRequests++;
        return library.newest(nodes);
    }

    @Override
    public synchronized List<HistoryEntry> deleted(LibraryId ignored, long before) {
        return library.deleted(before);
    }

    @Override
    public synchronized List<NodeId> formerly(LibraryId ignored, NodeId folder, String name) {
        return library.formerly(folder, name);
    }

    @Override
    public synchronized long sequenceAt(LibraryId ignored, Instant moment) {
        return library.sequenceAt(moment);
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
}
