package org.tidebox.server.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.server.data.ChunkLevels;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.journal.JournalTransaction;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.ProblemException;

/**
 * Applies a commit to a library: judges one change after the other, gives sequences to those that it accepts, and
 * remembers the answer. Rules that are not obvious:
 * <ul>
 * <li>A change whose wanted state is the present one is accepted with the present sequence; nothing is written.
 * <li>A commit may change a node several times (a swap of names needs that); all its changes carry the sequence from
 * before the commit.
 * <li>A deletion says only that the node goes: place, attributes and content stay those that the server has.
 * </ul>
 */
public final class Committer {
    private final JournalTransaction transaction;
    private final Map<ChunkId, StoredChunk> stored;
    private final CommitView view;
    private final List<Node> versions = new ArrayList<>();
    /** The weight of versions with new contents or attributes, of those that only moved, and of nodes that are shown. */
    private long fresh;
    private long moved;
    private long shown;
    private long head;

    private Committer(JournalTransaction transaction, Commit commit) throws StorageException {
        this.transaction = transaction;
        // In the transaction: what is found here cannot be freed before the commit counts.
        this.stored = transaction.chunks(chunksOf(commit));
        this.view = new CommitView(transaction, commit.changes());
        this.head = transaction.head();
    }

    /**
     * What became of a commit.
     *
     * @param result the answer
     * @param versions what it made, by sequence; nothing if it was answered before
     */
    public record Applied(CommitResult result, List<Node> versions) {
    }

    /**
     * Applies a commit, or returns the answer that it got before.
     *
     * @param usage of the account, which may have no room for it
     * @param device the id of the device that sent it
     */
    public static Applied apply(JournalTransaction transaction, Commit commit, Usage usage, long device, Instant time)
            throws StorageException {
        Optional<CommitResult> answered = transaction.answered(commit.id());
        if (answered.isPresent()) {
            return new Applied(answered.get(), List.of());
        }
        Committer committer = new Committer(transaction, commit);
        return new Applied(committer.run(commit, usage, device, time), committer.versions);
    }

    private static Set<ChunkId> chunksOf(Commit commit) {
        Set<ChunkId> named = new HashSet<>();
        for (Change change : commit.changes()) {
            if (change.node().recipe() != null && !change.node().deleted()) {
                change.node().recipe().entries().forEach(entry -> named.add(entry.id()));
            }
        }
        return named;
    }

    private CommitResult run(Commit commit, Usage usage, long device, Instant time) throws StorageException {
        List<Outcome> outcomes = new ArrayList<>(commit.changes().size());
        for (Change change : commit.changes()) {
            outcomes.add(judge(change));
        }
        boolean isDeletion = fresh + moved == 0 && !versions.isEmpty();
        ProblemException full = isDeletion ? null : usage.judge(fresh, moved + JournalTransaction.WEIGHT_OF_ANSWER);
        if (full != null) {
            throw new NoRoomException(full);
        }
        CommitResult answer = new CommitResult(head, outcomes);
        Mark mark = transaction.append(commit.id(), answer, versions, device, time);
        if (commit.isConfirmed()) {
            transaction.confirm();
        }
        return answer.withMark(mark);
    }

    private Outcome judge(Change change) throws StorageException {
        Node current = view.node(change.node().id());
        if (!view.isFresh(current, change.node().id(), change.base())) {
            return reject(Reason.STALE, current);
        }
        return change.node().deleted() ? delete(current) : put(current, change.node());
    }

    private Outcome delete(Node current) {
        if (current == null) {
            return reject(Reason.STALE, null);
        }
        if (current.deleted()) {
            return Outcome.accepted(current.sequence());
        }
        if (view.hasChildren(current.id())) {
            return reject(Reason.NOT_EMPTY, current);
        }
        return accept(current, current.withDeleted(true));
    }

    private Outcome put(Node current, Node wanted) throws StorageException {
        if (current != null && current.withSequence(0).equals(wanted.withSequence(0))) {
            return Outcome.accepted(current.sequence());
        }
        if (wanted.kind() != NodeKind.FOLDER && view.hasChildren(wanted.id())) {
            return reject(Reason.NOT_EMPTY, current);
        }
        if (closesCycle(current, wanted)) {
            return reject(Reason.CYCLE, current);
        }
        if (!view.isLiveFolder(wanted.parent())) {
            return reject(Reason.NO_PARENT, null);
        }
        Node holder = view.at(wanted.parent(), wanted.name());
        if (holder != null && !holder.id().equals(wanted.id())) {
            return reject(Reason.NAME_TAKEN, holder);
        }
        if (isNewContent(current, wanted) && !isStored(wanted.recipe())) {
            return reject(Reason.MISSING_CHUNKS, current);
        }
        return accept(current, wanted);
    }

    private boolean closesCycle(Node current, Node wanted) throws StorageException {
        NodeId id = wanted.id();
        boolean moves = current != null && !current.parent().equals(wanted.parent());
        return wanted.parent().equals(id) || moves && view.isWithin(wanted.parent(), id);
    }

    private static boolean isNewContent(Node current, Node wanted) {
        return wanted.kind() == NodeKind.FILE && (current == null || !wanted.recipe().equals(current.recipe()));
    }

    private boolean isStored(Recipe recipe) {
        for (RecipeEntry entry : recipe.entries()) {
            StoredChunk chunk = stored.get(entry.id());
            if (chunk == null || !ChunkLevels.fits(chunk, entry, recipe.depth())) {
                return false;
            }
        }
        return true;
    }

    /** An answer shows what is in the way, as much of it as makes a page. */
    private Outcome reject(Reason reason, Node current) {
        shown += current == null ? 0 : current.weight();
        return Outcome.rejected(reason, shown > ChangePage.MAX_WEIGHT ? null : current);
    }

    private Outcome accept(Node current, Node wanted) {
        head++;
        Node version = wanted.withSequence(head);
        if (current != null && current.sameContent(wanted) && current.attributes().equals(wanted.attributes())) {
            moved += wanted.deleted() ? 0 : wanted.weight();
        } else {
            fresh += wanted.weight();
        }
        view.put(current, version);
        versions.add(version);
        return Outcome.accepted(head);
    }
}
