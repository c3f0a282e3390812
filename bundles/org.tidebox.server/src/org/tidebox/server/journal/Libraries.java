package org.tidebox.server.journal;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeName;
import org.tidebox.tree.PlainName;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * The libraries of an account, as its devices read them. A library of somebody else looks like one that is not there.
 * Thread-safe.
 */
public final class Libraries {
    /**
     * No page of changes is longer, whatever is asked for: with many chunks for each file more would not fit into a
     * small heap.
     */
    public static final int MAX_PAGE = Limits.LEAST_PAGE;

    private final ServerData data;
    private final SecureRandom random;

    /** Reads the libraries of the given data. */
    public Libraries(ServerData data, SecureRandom random) {
        this.data = data;
        this.random = random;
    }

    /** Lists them by name. */
    public List<Library> list(Session session) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return journal(stores).list(session.account().id());
        }
    }

    /**
     * Makes a library, unless there is one of that name and kind already.
     *
     * @throws ProblemException if the name is bad, or the account has as many libraries as it may
     */
    public Created create(Session session, NewLibrary wanted) throws ProblemException, StorageException {
        Optional<Library> there = existing(session, wanted);
        if (there.isPresent()) {
            return new Created(there.get(), false);
        }
        String name = checkedName(wanted.name());
        try (Lease<Stores> stores = data.acquire()) {
            if (journal(stores).list(session.account().id()).size() >= Limits.MAX_LIBRARIES) {
                throw new ProblemException(ProblemType.TOO_LARGE, "An account has at most " + Limits.MAX_LIBRARIES
                        + " libraries");
            }
            LibraryId id = LibraryId.random(random);
            return new Created(journal(stores).create(session.account().id(), id, name, wanted.kind()), true);
        } catch (AlreadyExistsException e) {
            return new Created(existing(session, wanted).orElseThrow(() -> new ProblemException(
                    ProblemType.UNAVAILABLE, "The library '" + name + "' is just changing; try again")), false);
        }
    }

    private static String checkedName(String wanted) throws ProblemException {
        try {
            return NodeName.check(PlainName.of(wanted, NodeName.MAX_BYTES));
        } catch (BadNameException e) {
            throw new ProblemException(ProblemType.BAD_NAME, e.getMessage());
        }
    }

    /**
     * Finds a library.
     *
     * @throws ProblemException if it is not there or somebody else's; nobody can tell which
     */
    public Library find(Session session, LibraryId id) throws ProblemException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return find(stores, session, id);
        }
    }

    /**
     * Reads on from a sequence; at most {@link #MAX_PAGE} nodes.
     *
     * @param seen the newest mark that the reader knows, or {@code null}
     * @throws ProblemException {@code SET_BACK} if the library's history does not have that mark
     */
    public ChangePage changes(Session session, LibraryId id, long since, Mark seen, int limit) throws ProblemException,
            StorageException {
        if (since < 0 || limit < 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "since is 0 or more and limit 1 or more, got " + since
                    + " and " + limit);
        }
        try (Lease<Stores> stores = data.acquire()) {
            find(stores, session, id);
            checkSeen(stores, id, seen);
            return journal(stores).changes(id, since, Math.min(limit, MAX_PAGE));
        }
    }

    /**
     * Returns a node's past, newest first, one page.
     *
     * @param before only versions from before this sequence
     */
    public History history(Session session, LibraryId id, NodeId node, long before, int limit)
            throws ProblemException, StorageException {
        if (before < 0 || limit < 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "before is 0 or more and limit 1 or more, got "
                    + before + " and " + limit);
        }
        try (Lease<Stores> stores = data.acquire()) {
            find(stores, session, id);
            return new History(entries(stores, session,
                    journal(stores).history(id, node, before, Math.min(limit, MAX_PAGE))));
        }
    }

    /** Returns versions in the words of the protocol, with the names of their devices. */
    static List<HistoryEntry> entries(Lease<Stores> stores, Session session, List<NodeVersion> versions)
            throws StorageException {
        Map<Long, String> devices = new HashMap<>();
        devices.put(Session.NO_DEVICE, "the server");
        for (Device device : stores.get().metadata().devices().list(session.account().id())) {
            devices.put(device.id(), device.name());
        }
        return versions.stream().map(version -> new HistoryEntry(version.node(),
                devices.getOrDefault(version.device(), "a removed device"), version.time(), version.thinned()))
                .toList();
    }

    /** Does the same as {@link #find(Session, LibraryId)} with stores that are leased already. */
    public static Library find(Lease<Stores> stores, Session session, LibraryId id)
            throws ProblemException, StorageException {
        return journal(stores).find(session.account().id(), id).orElseThrow(() -> new ProblemException(
                ProblemType.NOT_FOUND, "There is no library " + id + " in this account"));
    }

    /** Finds out whether a library's history is the one that a device has seen, as far as it has seen it. */
    public static void checkSeen(Lease<Stores> stores, LibraryId id, Mark seen)
            throws ProblemException, StorageException {
        if (seen != null && !journal(stores).mark(id, seen.sequence()).equals(Optional.of(seen))) {
            throw new ProblemException(ProblemType.SET_BACK, "This device has seen change " + seen.sequence()
                    + ", and the server's history is not the same up to there: the server was set back to an older"
                    + " state");
        }
    }

    private Optional<Library> existing(Session session, NewLibrary wanted) throws StorageException {
        return PlainName.find(list(session).stream().filter(library -> library.kind() == wanted.kind()).toList(),
                Library::name, wanted.name());
    }

    static Journal journal(Lease<Stores> stores) {
        return stores.get().metadata().journal();
    }

    /**
     * A library that was asked for.
     *
     * @param library what there is now
     * @param isNew whether it was made for this
     */
    public record Created(Library library, boolean isNew) {
    }
}
