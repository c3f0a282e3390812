package org.tidebox.server.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.Confirmed;
import org.tidebox.wire.Messages.Deleted;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.Moment;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** How the libraries of an account were, as far as retention has kept it. Only reads. Thread-safe. */
public final class LibraryHistory {
    /** So many nodes are looked up at once. */
    private static final int LOOK_UP = 64;

    private final ServerData data;

    /** Reads the past of the given data. */
    public LibraryHistory(ServerData data) {
        this.data = data;
    }

    /**
     * Returns the live nodes of a library as of a sequence, by rising sequence; at most {@link Libraries#MAX_PAGE}.
     *
     * @param after read on behind this sequence; 0 at first
     */
    public ChangePage tree(Session session, LibraryId id, long asOf, long after, int limit) throws ProblemException,
            StorageException {
        if (asOf < 0 || after < 0 || limit < 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "asOf and after are 0 or more and limit 1 or more, got "
                    + asOf + ", " + after + " and " + limit);
        }
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, id);
            return Libraries.journal(stores).tree(id, asOf, after, Math.min(limit, Libraries.MAX_PAGE));
        }
    }

    /** Returns what lay in some folders as of a sequence; at most {@link Libraries#MAX_PAGE} nodes. */
    public PastPage children(Session session, LibraryId id, FoldersAsOf asked) throws ProblemException,
            StorageException {
        checkCount(asked.folders());
        if (asked.asOf() < 0 || asked.after() < 0 || asked.limit() < 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "asOf and after are 0 or more and limit 1 or more, got "
                    + asked.asOf() + ", " + asked.after() + " and " + asked.limit());
        }
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, id);
            return Libraries.journal(stores).children(id, asked.folders(), asked.asOf(), asked.after(),
                    Math.min(asked.limit(), Libraries.MAX_PAGE));
        }
    }

    /**
     * Hands over the newest version of each of the nodes that is there, in no order; some at a time, which are no heavier
     * than a page.
     */
    public void newest(Session session, LibraryId id, NodeIds asked, EntryReceiver receiver)
            throws IOException, ProblemException, StorageException {
        checkCount(asked.ids());
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, id);
        }
        List<NodeId> ids = asked.ids();
        for (int from = 0; from < ids.size(); from += LOOK_UP) {
            List<HistoryEntry> some;
            // Held for these only: a device that takes its time must not hold up an exchange of the stores.
            try (Lease<Stores> stores = data.acquire()) {
                some = Libraries.entries(stores, session, Libraries.journal(stores).newest(id,
                        ids.subList(from, Math.min(from + LOOK_UP, ids.size()))));
            }
            for (HistoryEntry entry : some) {
                receiver.entry(entry);
            }
        }
    }

    /** Takes versions one by one. */
    @ConsumerType
    @FunctionalInterface
    public interface EntryReceiver {
        /** Takes the next one. */
        void entry(HistoryEntry entry) throws IOException;
    }

    private static void checkCount(List<NodeId> ids) throws ProblemException {
        if (ids.size() > Limits.MAX_IDS) {
            throw new ProblemException(ProblemType.TOO_LARGE, "A request holds at most " + Limits.MAX_IDS
                    + " ids, got " + ids.size());
        }
    }

    /**
     * Returns nodes that are deleted now, newest first; at most {@link Libraries#MAX_PAGE}.
     *
     * @param before only those deleted before this sequence
     */
    public Deleted deleted(Session session, LibraryId id, long before, int limit) throws ProblemException,
            StorageException {
        if (before < 0 || limit < 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "before is 0 or more and limit 1 or more, got "
                    + before + " and " + limit);
        }
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, id);
            return new Deleted(Libraries.entries(stores, session,
                    Libraries.journal(stores).deleted(id, before, Math.min(limit, Libraries.MAX_PAGE))));
        }
    }

    /** Returns the nodes that ever had a name in a folder, the last one first. */
    public NodeIds formerly(Session session, LibraryId id, NodeId folder, String name) throws ProblemException,
            StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, id);
            return new NodeIds(Libraries.journal(stores).formerly(id, folder, name));
        }
    }

    /** Returns which changes behind a sequence a person confirmed; the first {@link Limits#MAX_PAGE} commits of them. */
    public Confirmed confirmed(Session session, LibraryId id, long since) throws ProblemException, StorageException {
        if (since < 0) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "since is 0 or more, got " + since);
        }
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, id);
            return new Confirmed(Libraries.journal(stores).confirmed(id, since, Limits.MAX_PAGE));
        }
    }

    /** Returns the sequence that a library had reached at a time, by the server's clock. */
    public Moment moment(Session session, LibraryId id, Instant time) throws ProblemException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, id);
            return new Moment(Libraries.journal(stores).sequenceAt(id, time));
        }
    }
}
