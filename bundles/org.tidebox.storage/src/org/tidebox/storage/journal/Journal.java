package org.tidebox.storage.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.SequenceRange;

/**
 * The libraries of all accounts; each with sequences 1, 2, 3 … without gaps. A page of nodes or versions holds as many as
 * its reader asks for at most, and ends with the one that brings it to the {@linkplain Node#weight() weight} of
 * {@link ChangePage#MAX_WEIGHT}.
 */
@ProviderType
public interface Journal {
    /**
     * Makes an empty library.
     *
     * @throws AlreadyExistsException if the account has one of that kind and name
     */
    Library create(long account, LibraryId id, String name, LibraryKind kind) throws StorageException;

    /** Lists an account's libraries by name. */
    List<Library> list(long account) throws StorageException;

    /** Finds a library if it is the account's. */
    Optional<Library> find(long account, LibraryId id) throws StorageException;

    /** Finds the live node that has a name in a folder. One look-up. */
    Optional<Node> find(LibraryId library, NodeId folder, String name) throws StorageException;

    /** Reads on from a sequence: one index range, at most {@code limit} nodes. The page has a mark. */
    ChangePage changes(LibraryId library, long since, int limit) throws StorageException;

    /** Returns the mark of a sequence; empty beyond the head. One look-up, however long the history is. */
    Optional<Mark> mark(LibraryId library, long sequence) throws StorageException;

    /** Returns the nodes that ever had a name in a folder, as far as versions are kept, the last one first; 100 at most. */
    List<NodeId> formerly(LibraryId library, NodeId folder, String name) throws StorageException;

    /**
     * Returns the sequences of commits that a person confirmed, rising; those with sequences behind {@code since}, at most
     * {@code limit}. One index range.
     */
    List<SequenceRange> confirmed(LibraryId library, long since, int limit) throws StorageException;

    /** Returns the versions of a node from before a sequence, newest first, one page. */
    List<NodeVersion> history(LibraryId library, NodeId node, long before, int limit) throws StorageException;

    /**
     * Returns the newest version of each of the nodes that is there, deleted or alive; in no order. The one answer that is
     * no page: the caller asks for as many as there is memory for.
     */
    List<NodeVersion> newest(LibraryId library, Collection<NodeId> nodes) throws StorageException;

    /**
     * Returns the live nodes of a library as it was at a sequence, by rising sequence: those behind {@code after}, at
     * most {@code limit}. Of what retention has let go since, the newest older version that is left stands for it.
     *
     * @param asOf beyond the head: as the library is now
     * @return {@code upTo} is where to read on, and {@code asOf} or the head at the end
     */
    ChangePage tree(LibraryId library, long asOf, long after, int limit) throws StorageException;

    /**
     * Returns what was alive in some folders as of a sequence, folder after folder, at most {@code limit} nodes. Costs as
     * much as these folders hold and held.
     *
     * @param asOf beyond the head: as the library is now
     * @param after read on behind this sequence in the first of the folders; 0 at first
     */
    PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after, int limit)
            throws StorageException;

    /** Returns nodes whose newest version, older than {@code before}, says that they are deleted; newest first, one page. */
    List<NodeVersion> deleted(LibraryId library, long before, int limit) throws StorageException;

    /** Returns the sequence that the library had reached at a time; 0 for a time before its first change. */
    long sequenceAt(LibraryId library, Instant time) throws StorageException;

    /** Runs the work in one transaction, alone on its library; everything or nothing of it counts. */
    <R> R transact(LibraryId library, JournalWork<R> work) throws StorageException;

    /** What is done in one transaction; may be run again from the start after a deadlock. */
    @FunctionalInterface
    interface JournalWork<R> {
        /** Does it. */
        R run(JournalTransaction transaction) throws StorageException;
    }
}
