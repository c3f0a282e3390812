package org.tidebox.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.SequenceRange;

/** Libraries in the table {@code libraries}, their journals in {@code versions} and {@code nodes}. */
record JdbcJournal(Database database) implements Journal {
    private static final int MOST_FORMER = 100;
    private static final String SELECT = "SELECT id, name, kind, head FROM libraries WHERE account = ? ";

    /** A library's row. */
    private record Row(long number, long account, long head) {
    }

    @Override
    public Library create(long account, LibraryId id, String name, LibraryKind kind) throws StorageException {
        return database.call(session -> {
            try {
                // Whoever holds the account sees all its libraries.
                session.update("UPDATE accounts SET used = used WHERE id = ?", account);
                session.update("INSERT INTO libraries (id, account, name, kind, head) VALUES (?, ?, ?, ?, 0)",
                        id.toBytes(), account, name, kind.name());
                return new Library(id, name, kind, 0);
            } catch (SQLException e) {
                if (SqlErrors.isDuplicate(e)) {
                    throw new AlreadyExistsException("a library", name);
                }
                throw e;
            }
        });
    }

    @Override
    public List<Library> list(long account) throws StorageException {
        return database
                .call(session -> session.list(SELECT + "ORDER BY name, kind", JdbcJournal::readLibrary, account));
    }

    @Override
    public Optional<Library> find(long account, LibraryId id) throws StorageException {
        return database.call(
                session -> session.one(SELECT + "AND id = ?", JdbcJournal::readLibrary, account, id.toBytes()));
    }

    @Override
    public Optional<Node> find(LibraryId library, NodeId folder, String name) throws StorageException {
        return database.call(session -> {
            Row row = row(session, library);
            return session.one(
                    Queries.currentNodes(session.dialect(), "NODES_PLACE") + "AND n.library = ? AND n.place = ?",
                    NodeRows::read, row.number(), NodeRows.place(row.number(), folder, name));
        });
    }

    @Override
    public ChangePage changes(LibraryId library, long since, int limit) throws StorageException {
        return database.call(session -> {
            Row row = row(session, library);
            PageRows page = new PageRows(limit);
            page.read(session, Queries.currentNodes(session.dialect(), "NODES_SEQUENCE")
                    + "AND n.library = ? AND n.sequence > ? AND n.sequence <= ?"
                    + " ORDER BY n.sequence FETCH FIRST ? ROWS ONLY", row.number(), since, row.head());
            List<Node> nodes = page.nodes();
            long upTo = page.isFull() ? nodes.getLast().sequence() : Math.max(since, row.head());
            // A reader who claims to be beyond the head gets no mark that would prove him right.
            Mark mark = Marks.of(session, row.number(), upTo).orElse(null);
            return new ChangePage(nodes, upTo, row.head(), mark);
        });
    }

    @Override
    public Optional<Mark> mark(LibraryId library, long sequence) throws StorageException {
        return database.call(session -> Marks.of(session, row(session, library).number(), sequence));
    }

    @Override
    public List<NodeId> formerly(LibraryId library, NodeId folder, String name) throws StorageException {
        // Some databases take names that differ in blanks at their end for equal.
        return database.call(session -> session.list("SELECT v.node, v.name, MAX(v.sequence) AS newest FROM versions v"
                + session.dialect().viaIndex("VERSIONS_PARENT")
                + "WHERE v.parent = ? AND v.library = ? AND v.name = ? GROUP BY v.node, v.name"
                + " ORDER BY newest DESC FETCH FIRST ? ROWS ONLY",
                row -> Map.entry(new NodeId(row.getBytes(1)), row.getString(2)), folder.toBytes(),
                row(session, library).number(), name, MOST_FORMER)).stream()
                .filter(found -> found.getValue().equals(name))
                .map(Map.Entry::getKey).distinct().toList();
    }

    @Override
    public List<SequenceRange> confirmed(LibraryId library, long since, int limit) throws StorageException {
        return database.call(session -> session.list("SELECT confirmed_from, sequence FROM marks"
                + session.dialect().viaIndex("MARKS_CONFIRMED")
                + "WHERE library = ? AND confirmed_from > 0 AND sequence > ?"
                + " ORDER BY confirmed_from FETCH FIRST ? ROWS ONLY",
                row -> new SequenceRange(row.getLong(1), row.getLong(2)), row(session, library).number(), since,
                limit));
    }

    @Override
    public List<NodeVersion> history(LibraryId library, NodeId node, long before, int limit)
            throws StorageException {
        return database.call(session -> {
            long number = row(session, library).number();
            // Read in the order of the index: to sort whole versions would take the memory for all of them.
            return PageRows.versions(session, number,
                    PageRows.highest(session, limit, "SELECT v.sequence FROM versions v"
                            + session.dialect().viaIndex("VERSIONS_NODE")
                            + "WHERE v.node = ? AND v.library = ? AND v.sequence < ? ORDER BY v.node, v.library, v.sequence",
                            node.toBytes(), number, before));
        });
    }

    @Override
    public List<NodeVersion> newest(LibraryId library, Collection<NodeId> nodes) throws StorageException {
        return database.call(session -> InLists.query(session,
                Queries.currentNodes(session.dialect(), "NODES_KEY") + "AND n.library = ? AND n.id IN %s",
                bytes(nodes), NodeRows::readVersion, row(session, library).number()));
    }

    @Override
    public PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after, int limit)
            throws StorageException {
        return database.call(session -> {
            Row row = row(session, library);
            return new ChildrenAsOf(session, row.number(), row.head(), Math.min(asOf, row.head())).read(folders, after,
                    limit);
        });
    }

    @Override
    public ChangePage tree(LibraryId library, long asOf, long after, int limit) throws StorageException {
        return database.call(session -> {
            Row row = row(session, library);
            long until = Math.min(asOf, row.head());
            PageRows page = new PageRows(limit);
            page.read(session, Queries.liveNodesAsOf(session.dialect()), row.number(), after, until, until);
            long upTo = page.isFull() ? page.nodes().getLast().sequence() : Math.max(after, until);
            return new ChangePage(page.nodes(), upTo, row.head());
        });
    }

    @Override
    public List<NodeVersion> deleted(LibraryId library, long before, int limit) throws StorageException {
        return database.call(session -> {
            long number = row(session, library).number();
            return PageRows.versions(session, number, session.list(Queries.deletedNodes(session.dialect()),
                    row -> row.getLong(1), number, before, limit));
        });
    }

    @Override
    public long sequenceAt(LibraryId library, Instant time) throws StorageException {
        return database.call(session -> {
            Row row = row(session, library);
            return Moments.sequenceAt(session, row.number(), row.head(), time.toEpochMilli());
        });
    }

    @Override
    public <R> R transact(LibraryId library, JournalWork<R> work) throws StorageException {
        return database.call(session -> {
            // Locks the row until the transaction ends, in every database.
            session.update("UPDATE libraries SET head = head WHERE id = ?", (Object) library.toBytes());
            Row row = row(session, library);
            try {
                return work.run(new JdbcJournalTransaction(session, row.number(), row.account(), row.head()));
            } catch (StorageException e) {
                if (e.getCause() instanceof SQLException cause && SqlErrors.isPassing(cause)) {
                    throw cause;
                }
                throw e;
            }
        });
    }

    /** Returns the keys for a list, each once and in the order of the index. */
    static List<byte[]> bytes(Collection<NodeId> ids) {
        return new HashSet<>(ids).stream().sorted().map(NodeId::toBytes).toList();
    }

    private static Row row(SqlSession session, LibraryId library) throws SQLException, StorageException {
        return session
                .one("SELECT number, account, head FROM libraries WHERE id = ?",
                        row -> new Row(row.getLong(1), row.getLong(2), row.getLong(3)),
                        (Object) library.toBytes())
                .orElseThrow(() -> new StorageException("There is no library " + library, true, null));
    }

    private static Library readLibrary(ResultSet row) throws SQLException {
        return new Library(new LibraryId(row.getBytes(1)), row.getString(2), LibraryKind.valueOf(row.getString(3)),
                row.getLong(4));
    }
}
