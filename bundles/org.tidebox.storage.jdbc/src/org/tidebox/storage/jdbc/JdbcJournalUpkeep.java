package org.tidebox.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.ContentRow;
import org.tidebox.storage.journal.JournalFigures;
import org.tidebox.storage.journal.JournalUpkeep;
import org.tidebox.storage.journal.NodeRow;
import org.tidebox.storage.journal.Retention;
import org.tidebox.storage.journal.VersionStamp;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** The tables {@code versions}, {@code nodes} and {@code retention} from end to end. */
record JdbcJournalUpkeep(Database database) implements JournalUpkeep {
    private static final String STAMP = "SELECT v.node, v.sequence, v.accepted, v.deleted, v.purged FROM ";
    private static final byte[] NOTHING = new Recipe("purged", 0, List.of()).encode();

    @Override
    public Retention retention(LibraryId library) throws StorageException {
        return database.call(session -> session.one(
                "SELECT keep_last, hourly, daily, weekly, monthly, yearly, trash_days FROM retention WHERE library = ?",
                row -> new Retention(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5),
                        row.getInt(6), row.getInt(7)),
                number(session, library)).orElse(Retention.DEFAULT));
    }

    @Override
    public void setRetention(LibraryId library, Retention wanted) throws StorageException {
        database.call(session -> {
            long number = lock(session, library);
            session.update("DELETE FROM retention WHERE library = ?", number);
            return session.update("INSERT INTO retention (library, keep_last, hourly, daily, weekly, monthly, yearly,"
                    + " trash_days) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", number, wanted.keepLast(), wanted.hourly(),
                    wanted.daily(), wanted.weekly(), wanted.monthly(), wanted.yearly(), wanted.trashDays());
        });
    }

    @Override
    public List<VersionStamp> stamps(LibraryId library, VersionStamp after, int limit) throws StorageException {
        return database.call(session -> {
            long number = number(session, library);
            String sql = STAMP + "versions v" + session.dialect().viaIndex("VERSIONS_NODE") + "WHERE v.library = ? ";
            String order = " ORDER BY v.node, v.library, v.sequence FETCH FIRST ? ROWS ONLY";
            if (after == null) {
                return session.list(sql + order, JdbcJournalUpkeep::readStamp, number, limit);
            }
            byte[] node = after.node().toBytes();
            List<VersionStamp> found = new ArrayList<>(session.list(sql + "AND v.node = ? AND v.sequence > ?" + order,
                    JdbcJournalUpkeep::readStamp, number, node, after.sequence(), limit));
            if (found.size() < limit) {
                found.addAll(session.list(sql + "AND v.node > ?" + order, JdbcJournalUpkeep::readStamp, number, node,
                        limit - found.size()));
            }
            return found;
        });
    }

    @Override
    public int thin(LibraryId library, Collection<Long> sequences) throws StorageException {
        return database.call(session -> {
            long number = lock(session, library);
            // The last one of those that go in a row marks the one that stays.
            session.batch("UPDATE versions SET thinned = TRUE WHERE library = ? AND sequence = (SELECT MIN(w.sequence)"
                    + " FROM versions w, versions v WHERE v.library = ? AND v.sequence = ? AND w.node = v.node"
                    + " AND w.library = v.library AND w.sequence > v.sequence)",
                    sequences.stream().map(sequence -> new Object[]{number, number, sequence}).toList());
            long weight = PageRows.weight(session, number, sequences, "NOT EXISTS (SELECT 1 FROM nodes n"
                    + session.dialect().via("NODES_SEQUENCE")
                    + "WHERE n.library = v.library AND n.sequence = v.sequence)");
            int gone = session.batch("DELETE FROM versions WHERE library = ? AND sequence = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM nodes WHERE library = ? AND sequence = ?)",
                    sequences.stream().map(sequence -> new Object[]{number, sequence, number, sequence}).toList());
            session.update("UPDATE libraries SET removed = removed + ?, used = used - ? WHERE number = ?", gone, weight,
                    number);
            return gone;
        });
    }

    @Override
    public int purge(LibraryId library, Collection<Long> sequences) throws StorageException {
        return database.call(session -> {
            long number = lock(session, library);
            String which = " WHERE library = ? AND sequence = ? AND deleted = TRUE AND purged = FALSE AND EXISTS"
                    + " (SELECT 1 FROM nodes WHERE library = ? AND sequence = ?)";
            List<Object[]> rows = sequences.stream()
                    .map(sequence -> new Object[]{number, sequence, number, sequence}).toList();
            long weight = PageRows.weight(session, number, sequences, "v.deleted = TRUE AND v.purged = FALSE AND EXISTS"
                    + " (SELECT 1 FROM nodes n" + session.dialect().via("NODES_SEQUENCE")
                    + "WHERE n.library = v.library AND n.sequence = v.sequence)");
            session.update("UPDATE libraries SET used = used - ? WHERE number = ?", weight, number);
            session.batch("UPDATE versions SET recipe = ?" + which + " AND recipe IS NOT NULL",
                    sequences.stream().map(sequence -> new Object[]{NOTHING, number, sequence, number, sequence})
                            .toList());
            session.batch("UPDATE versions SET target = ''" + which + " AND target IS NOT NULL", rows);
            return session.batch("UPDATE versions SET purged = TRUE, extended = NULL, weight = 0" + which, rows);
        });
    }

    @Override
    public int forgetAnswers(LibraryId library, Instant before, int limit) throws StorageException {
        return database.call(session -> {
            long number = lock(session, library);
            List<Map.Entry<byte[], Long>> old = session.list(
                    "SELECT id, weight FROM commits" + session.dialect().viaIndex("COMMITS_ANSWERED")
                            + "WHERE library = ? AND answered < ? FETCH FIRST ? ROWS ONLY",
                    row -> Map.entry(row.getBytes(1), row.getLong(2)), number, before.toEpochMilli(), limit);
            session.batch("DELETE FROM commits WHERE id = ? AND library = ?",
                    old.stream().map(row -> new Object[]{row.getKey(), number}).toList());
            session.update("UPDATE libraries SET used = used - ? WHERE number = ?",
                    old.stream().mapToLong(Map.Entry::getValue).sum(), number);
            return old.size();
        });
    }

    @Override
    public List<ContentRow> contents(LibraryId library, long after, int limit) throws StorageException {
        return database.call(session -> session.list("SELECT v.sequence, v.node, v.parent, v.name, v.recipe"
                + " FROM versions v" + session.dialect().via("VERSIONS_KEY")
                + "WHERE v.library = ? AND v.sequence > ? AND v.recipe IS NOT NULL"
                + " ORDER BY v.library, v.sequence FETCH FIRST ? ROWS ONLY", JdbcJournalUpkeep::readContent,
                number(session, library), after, limit));
    }

    @Override
    public List<NodeRow> nodes(LibraryId library, long after, int limit) throws StorageException {
        return database.call(session -> {
            long number = number(session, library);
            return session.list("SELECT " + NodeRows.COLUMNS + ", n.id, n.sequence, n.place, n.live_parent FROM"
                    + session.dialect().inOrder() + "nodes n" + session.dialect().via("NODES_SEQUENCE")
                    + "LEFT JOIN versions v" + session.dialect().lookup("VERSIONS_KEY")
                    + "ON v.library = n.library AND v.sequence = n.sequence WHERE n.library = ? AND n.sequence > ?"
                    + " ORDER BY n.sequence FETCH FIRST ? ROWS ONLY", row -> NodeRows.readRow(number, row), number,
                    after, limit);
        });
    }

    @Override
    public Map<NodeId, Node> find(LibraryId library, Collection<NodeId> ids) throws StorageException {
        return database.call(session -> {
            String sql = Queries.currentNodes(session.dialect(), "NODES_KEY") + "AND n.library = ? AND n.id IN %s";
            List<byte[]> keys = new HashSet<>(ids).stream().sorted().map(NodeId::toBytes).toList();
            Map<NodeId, Node> found = new HashMap<>();
            InLists.query(session, sql, keys, NodeRows::readIfWhole, number(session, library)).stream()
                    .flatMap(List::stream).forEach(node -> found.put(node.id(), node));
            return found;
        });
    }

    @Override
    public List<VersionStamp> strays(LibraryId library, int limit) throws StorageException {
        return database.call(session -> session.list(STAMP + session.dialect().inOrder() + "versions v"
                + session.dialect().via("VERSIONS_KEY") + "LEFT JOIN nodes n" + session.dialect().lookup("NODES_KEY")
                + "ON n.id = v.node AND n.library = v.library WHERE v.library = ?"
                + " AND (n.sequence IS NULL OR n.sequence < v.sequence) FETCH FIRST ? ROWS ONLY",
                JdbcJournalUpkeep::readStamp, number(session, library), limit));
    }

    @Override
    public JournalFigures figures(LibraryId library) throws StorageException {
        return database.call(session -> {
            long number = lock(session, library);
            return session.one("SELECT l.head, l.removed, (SELECT MAX(v.sequence) FROM versions v WHERE v.library = ?),"
                    + " (SELECT COUNT(*) FROM versions v WHERE v.library = ?) FROM libraries l WHERE l.number = ?",
                    row -> new JournalFigures(row.getLong(1), row.getLong(3), row.getLong(4), row.getLong(2)), number,
                    number, number).orElseThrow();
        });
    }

    private static VersionStamp readStamp(ResultSet row) throws SQLException {
        return new VersionStamp(new NodeId(row.getBytes(1)), row.getLong(2), Instant.ofEpochMilli(row.getLong(3)),
                row.getBoolean(4), row.getBoolean(5));
    }

    private static ContentRow readContent(ResultSet row) throws SQLException {
        return new ContentRow(row.getLong(1), new NodeId(row.getBytes(2)), new NodeId(row.getBytes(3)),
                row.getString(4), NodeRows.recipe(row.getBytes(5)));
    }

    /** Locks the library until the transaction ends. */
    private static long lock(SqlSession session, LibraryId library) throws SQLException, StorageException {
        session.update("UPDATE libraries SET head = head WHERE id = ?", (Object) library.toBytes());
        return number(session, library);
    }

    private static long number(SqlSession session, LibraryId library) throws SQLException, StorageException {
        return session.one("SELECT number FROM libraries WHERE id = ?", row -> row.getLong(1),
                (Object) library.toBytes())
                .orElseThrow(() -> new StorageException("There is no library " + library, true, null));
    }
}
