package org.tidebox.storage.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * Journals from end to end, for those who look after them. Removing old versions changes no sequence, no head and no
 * current state, so devices that read {@code changes since N} see no difference. A deletion stays as a tombstone for
 * ever: a device that was away for years still learns of it.
 */
@ProviderType
public interface JournalUpkeep {
    /** Returns how much of the past a library keeps. */
    Retention retention(LibraryId library) throws StorageException;

    /** Changes how much of the past a library keeps, from the next time it is applied. */
    void setRetention(LibraryId library, Retention retention) throws StorageException;

    /**
     * Reads on through all versions, by node and then by sequence.
     *
     * @param after where to go on, {@code null} for the beginning
     */
    List<VersionStamp> stamps(LibraryId library, VersionStamp after, int limit) throws StorageException;

    /** Removes versions; those that are current stay. Returns how many were removed. */
    int thin(LibraryId library, Collection<Long> sequences) throws StorageException;

    /**
     * Makes tombstones of deleted nodes: their content goes, the fact of their deletion stays. A version that is no
     * longer its node's current one, or no deletion, is left alone. Returns how many were purged.
     */
    int purge(LibraryId library, Collection<Long> sequences) throws StorageException;

    /**
     * Forgets answers to commits that were given before a time, at most {@code limit}; returns how many. Such a commit,
     * if it is sent once more, is judged anew: what it changed then is {@code STALE} now.
     */
    int forgetAnswers(LibraryId library, Instant before, int limit) throws StorageException;

    /** Reads on through the versions that have content, by sequence. */
    List<ContentRow> contents(LibraryId library, long after, int limit) throws StorageException;

    /** Reads on through the current nodes, by sequence. */
    List<NodeRow> nodes(LibraryId library, long after, int limit) throws StorageException;

    /** Returns the current states of nodes that can be read, deleted ones included. */
    Map<NodeId, Node> find(LibraryId library, Collection<NodeId> ids) throws StorageException;

    /** Returns, for at most so many nodes, the newest version that is newer than what counts as current. */
    List<VersionStamp> strays(LibraryId library, int limit) throws StorageException;

    /** Returns the numbers that must agree, all of one moment. */
    JournalFigures figures(LibraryId library) throws StorageException;
}
