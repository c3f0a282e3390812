package org.tidebox.sync.derby;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.tidebox.sync.FolderId;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.SyncedNode;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** The trees of one folder in the device's database. */
final class DerbyTreeStore implements TreeStore {
    private final Database database;
    private final FolderId folder;
    // Kept so that nobody has to count; null while it is not known. Set while nobody writes, or by the one who does.
    private volatile TreeState state;

    DerbyTreeStore(Database database, FolderId folder) {
        this.database = database;
        this.folder = folder;
    }

    /** Something to find out in a tree. */
    @FunctionalInterface
    private interface Question<R> {
        R ask(Session session, TreeState now) throws SQLException;
    }

    @Override
    public Map<NodeId, SyncedNode> synced(Collection<NodeId> ids) throws TreeStoreException {
        return ask((session, now) -> byId(TreeTable.SYNCED.byIds(session, now.tree(), ids),
                synced -> synced.node().id()));
    }

    @Override
    public Map<NodeId, LocalNode> local(Collection<NodeId> ids) throws TreeStoreException {
        return ask((session, now) -> now.differsLocally()
                ? byId(TreeTable.LOCAL.byIds(session, now.tree(), ids), LocalNode::id)
                : Map.of());
    }

    @Override
    public Map<NodeId, Node> remote(Collection<NodeId> ids) throws TreeStoreException {
        return ask((session, now) -> now.differsRemotely()
                ? byId(TreeTable.REMOTE.byIds(session, now.tree(), ids), Node::id)
                : Map.of());
    }

    @Override
    public List<LocalNode> children(NodeId parent) throws TreeStoreException {
        return ask((session, now) -> TreeSide.LOCAL.children(session, now.tree(), parent, now.differsLocally()));
    }

    @Override
    public List<Node> remoteChildren(NodeId parent) throws TreeStoreException {
        return ask((session, now) -> TreeSide.REMOTE.children(session, now.tree(), parent, now.differsRemotely()));
    }

    @Override
    public Optional<LocalNode> childNamed(NodeId parent, String name) throws TreeStoreException {
        return ask((session, now) -> TreeSide.LOCAL.withHash(session, now.tree(), parent, name.hashCode(),
                now.differsLocally()))
                .stream().filter(node -> node.name().equals(name)).findFirst();
    }

    @Override
    public Optional<Node> remoteChildNamed(NodeId parent, String name) throws TreeStoreException {
        return ask((session, now) -> TreeSide.REMOTE.withHash(session, now.tree(), parent, name.hashCode(),
                now.differsRemotely()))
                .stream().filter(node -> node.name().equals(name)).findFirst();
    }

    @Override
    public List<LocalNode> byKey(Collection<String> keys) throws TreeStoreException {
        Set<String> wanted = new HashSet<>(keys);
        wanted.remove("");
        return ask((session, now) -> TreeSide.LOCAL.byKey(session, now.tree(), wanted, now.differsLocally()));
    }

    @Override
    public List<NodeId> dirty(NodeId after, int limit) throws TreeStoreException {
        NodeId start = after == null ? NodeId.ROOT : after;
        return ask((session, now) -> {
            TreeSet<NodeId> ids = new TreeSet<>();
            ids.addAll(TreeTable.LOCAL.idsAfter(session, now.tree(), start, limit));
            ids.addAll(TreeTable.REMOTE.idsAfter(session, now.tree(), start, limit));
            return ids.stream().limit(limit).toList();
        });
    }

    @Override
    public Differences differences() throws TreeStoreException {
        return now().differences();
    }

    @Override
    public long syncedCount() throws TreeStoreException {
        return now().synced();
    }

    @Override
    public long cursor() throws TreeStoreException {
        return now().cursor();
    }

    @Override
    public Optional<String> fact(String key) throws TreeStoreException {
        return ask((session, now) -> session.one("SELECT content FROM facts WHERE name = ? AND tree = ?",
                row -> row.getString(1), key, now.tree()));
    }

    @Override
    public List<String> factNames(String prefix) throws TreeStoreException {
        return ask((session, now) -> session.list(
                "SELECT name FROM facts WHERE name >= ? AND name < ? AND tree = ? ORDER BY name",
                row -> row.getString(1), prefix, prefix + Character.MAX_VALUE, now.tree())).stream()
                // Derby takes a text for equal to the same one with blanks behind.
                .filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public void write(TreeUpdate update) throws TreeStoreException {
        if (!update.isEmpty()) {
            database.write(session -> known(session, true).write(session, folder, update), after -> state = after);
        }
    }

    /** Removes all; for the database, within one of its writes. */
    void clear(Session session) throws SQLException {
        known(session, true).clear(session);
    }

    private <R> R ask(Question<R> question) throws TreeStoreException {
        return database.read(session -> question.ask(session, known(session, false)));
    }

    private TreeState now() throws TreeStoreException {
        return ask((session, now) -> now);
    }

    /**
     * Returns the state, which has to be read if it is not known.
     *
     * @param changes whether to forget it, as it will be known again only when a change is done
     */
    private TreeState known(Session session, boolean changes) throws SQLException {
        TreeState known = state == null ? TreeState.read(session, folder) : state;
        state = changes ? null : known;
        return known;
    }

    private static <T> Map<NodeId, T> byId(List<T> found, Function<T, NodeId> id) {
        Map<NodeId, T> result = new HashMap<>();
        found.forEach(value -> result.put(id.apply(value), value));
        return result;
    }
}
