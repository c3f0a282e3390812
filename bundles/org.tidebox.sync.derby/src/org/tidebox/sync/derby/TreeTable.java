package org.tidebox.sync.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * One of the three trees, those of all folders in one table. Derby decides how to run a query while the tables are
 * still empty; so each query names its index.
 *
 * @param <T> what a row stands for
 */
final class TreeTable<T> {
    static final TreeTable<SyncedNode> SYNCED = new TreeTable<>("synced_nodes", NodeRows.SYNCED_COLUMNS, "FALSE",
            NodeRows::readSynced, NodeRows::values, synced -> synced.node().name(), synced -> false);
    static final TreeTable<LocalNode> LOCAL = new TreeTable<>("local_nodes", NodeRows.LOCAL_COLUMNS, "deleted",
            NodeRows::readLocal, NodeRows::values, LocalNode::name, LocalNode::deleted);
    static final TreeTable<Node> REMOTE = new TreeTable<>("remote_nodes", NodeRows.REMOTE_COLUMNS, "deleted",
            NodeRows::readRemote, NodeRows::values, Node::name, Node::deleted);

    private final String name;
    private final String columns;
    private final String deletedColumn;
    private final Session.Row<T> reader;
    private final Function<T, List<Object>> values;
    private final Function<T, String> nameOf;
    private final Predicate<T> isDeleted;
    private final String insert;
    private final String update;

    private TreeTable(String name, String columns, String deletedColumn, Session.Row<T> reader,
            Function<T, List<Object>> values, Function<T, String> nameOf, Predicate<T> isDeleted) {
        this.name = name;
        this.columns = columns;
        this.deletedColumn = deletedColumn;
        this.reader = reader;
        this.values = values;
        this.nameOf = nameOf;
        this.isDeleted = isDeleted;
        List<String> others = List.of((columns.substring(columns.indexOf(',') + 2) + ", name_hash").split(", "));
        this.insert = "INSERT INTO " + name + " (" + String.join(", ", others) + ", node, tree) VALUES ("
                + "?, ".repeat(others.size()) + "?, ?)";
        this.update = "UPDATE " + name + " SET " + String.join(" = ?, ", others) + " = ? WHERE node = ? AND tree = ?";
    }

    /** The ways into a table. */
    enum Index {
        /** By node, tree. */
        KEY("constraint", "key"),
        /** By parent, tree, hash of the name. */
        PLACE("index", "place"),
        /** By disk key, tree; not for remote nodes. */
        DISK_KEY("index", "disk_key");

        private final String kind;
        private final String suffix;

        Index(String kind, String suffix) {
            this.kind = kind;
            this.suffix = suffix;
        }
    }

    /** What a write changed: how many more rows there are now, and how many more of them say "deleted". */
    record Growth(long rows, long deleted) {
    }

    /** Returns the rows for which a condition holds. */
    List<T> select(Session session, Index index, String condition, Object... arguments) throws SQLException {
        return session.list(sql(columns, index, condition), reader, arguments);
    }

    /** Returns the rows for which a condition holds whose last part is an {@code IN} list, written as {@code %s}. */
    List<T> selectIn(Session session, Index index, String condition, Collection<?> keys, Object... before)
            throws SQLException {
        return InLists.query(session, sql(columns, index, condition), keys, reader, before);
    }

    /** Returns the rows of nodes. */
    List<T> byIds(Session session, int tree, Collection<NodeId> ids) throws SQLException {
        return selectIn(session, Index.KEY, "t.tree = ? AND t.node IN %s", bytes(ids), tree);
    }

    /** Returns the ids of nodes behind the given one, by rising id. */
    List<NodeId> idsAfter(Session session, int tree, NodeId after, int limit) throws SQLException {
        if (limit <= 0) {
            return List.of();
        }
        String condition = "t.tree = ? AND t.node > ? ORDER BY node FETCH FIRST ? ROWS ONLY";
        return session.list(sql("node", Index.KEY, condition), row -> new NodeId(row.getBytes(1)), tree,
                after.toBytes(), limit);
    }

    /** Counts the rows of a tree, and those that say "deleted". */
    Growth count(Session session, int tree) throws SQLException {
        return new Growth(count(session, tree, ""), count(session, tree, " AND " + deletedColumn));
    }

    /** Returns a condition for rows of another table whose nodes have no row in this one. */
    String without() {
        return " AND NOT EXISTS (SELECT 1 FROM " + name + " d" + via(Index.KEY)
                + "WHERE d.node = t.node AND d.tree = t.tree)";
    }

    /**
     * Sets rows, or removes them where the value is empty.
     *
     * @param hasRows whether the tree may have any
     */
    Growth write(Session session, int tree, Map<NodeId, Optional<T>> changes, boolean hasRows) throws SQLException {
        Map<NodeId, Boolean> deletedBefore = hasRows ? deleted(session, tree, changes.keySet()) : Map.of();
        long rows = 0;
        long deleted = 0;
        for (Map.Entry<NodeId, Optional<T>> change : changes.entrySet()) {
            Boolean before = deletedBefore.get(change.getKey());
            T value = change.getValue().orElse(null);
            put(session, tree, change.getKey(), value, before != null);
            rows += (value == null ? 0 : 1) - (before == null ? 0 : 1);
            deleted += (value != null && isDeleted.test(value) ? 1 : 0) - (before != null && before ? 1 : 0);
        }
        return new Growth(rows, deleted);
    }

    /** Removes all rows of a tree. */
    void clear(Session session, int tree) throws SQLException {
        session.update("DELETE FROM " + name + " WHERE tree = ?", tree);
    }

    private void put(Session session, int tree, NodeId id, T value, boolean isThere) throws SQLException {
        if (value != null) {
            List<Object> arguments = new ArrayList<>(values.apply(value));
            Collections.addAll(arguments, nameOf.apply(value).hashCode(), id.toBytes(), tree);
            session.update(isThere ? update : insert, arguments.toArray());
        } else if (isThere) {
            session.update("DELETE FROM " + name + " WHERE node = ? AND tree = ?", id.toBytes(), tree);
        }
    }

    /** Returns of each of the nodes that have a row whether it says "deleted". */
    private Map<NodeId, Boolean> deleted(Session session, int tree, Collection<NodeId> ids) throws SQLException {
        Map<NodeId, Boolean> found = new HashMap<>();
        InLists.query(session, sql("node, " + deletedColumn, Index.KEY, "t.tree = ? AND t.node IN %s"), bytes(ids),
                row -> found.put(new NodeId(row.getBytes(1)), row.getBoolean(2)), tree);
        return found;
    }

    private long count(Session session, int tree, String more) throws SQLException {
        return session.list(sql("COUNT(*)", Index.KEY, "t.tree = ?" + more), row -> row.getLong(1), tree).getFirst();
    }

    private String sql(String what, Index index, String condition) {
        return "SELECT " + what + " FROM " + name + " t" + via(index) + "WHERE " + condition;
    }

    private String via(Index index) {
        return " --DERBY-PROPERTIES " + index.kind + "=" + (name + "_" + index.suffix).toUpperCase(Locale.ROOT) + "\n";
    }

    private static List<byte[]> bytes(Collection<NodeId> ids) {
        return new HashSet<>(ids).stream().map(NodeId::toBytes).toList();
    }
}
