package org.tidebox.storage.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** One library, held by one commit. All look-ups take many keys at once and cost a few queries. */
@ProviderType
public interface JournalTransaction {
    /** What the answer to a commit counts for in an account's usage, beside its bytes. */
    int WEIGHT_OF_ANSWER = 64;

    /** Returns the highest sequence. */
    long head();

    /** Returns the mark of a sequence; empty beyond the head. */
    Optional<Mark> mark(long sequence) throws StorageException;

    /** Returns the answer that was given to a commit, with the mark of its head, if it was applied before. */
    Optional<CommitResult> answered(CommitId commit) throws StorageException;

    /** Returns the current states of the nodes that exist, deleted ones included. */
    Map<NodeId, Node> nodes(Collection<NodeId> ids) throws StorageException;

    /** Returns the live nodes that hold the given places. */
    Map<Place, Node> at(Collection<Place> places) throws StorageException;

    /** Returns how many live children each of the folders has; those without are left out. */
    Map<NodeId, Integer> liveChildren(Collection<NodeId> folders) throws StorageException;

    /**
     * Returns what is known of those chunks that the library's account has stored; none of them is freed before the
     * transaction ends.
     */
    Map<ChunkId, StoredChunk> chunks(Collection<ChunkId> ids) throws StorageException;

    /**
     * Appends versions (each with its sequence, following the head without a gap), makes them current, and remembers
     * the answer.
     *
     * @param answer its own mark does not count. Of nodes in the way of changes the sequences are remembered: asked again,
     *        it shows those that are still kept, as many as make a page
     * @return the mark of the head after it
     */
    Mark append(CommitId commit, CommitResult answer, List<Node> versions, long device, Instant time)
            throws StorageException;

    /** Remembers that a person confirmed what the last {@link #append} added, if it added something. */
    void confirm() throws StorageException;

    /**
     * A place in a library.
     *
     * @param parent the folder
     * @param name the name in it
     */
    record Place(NodeId parent, String name) {
    }
}
