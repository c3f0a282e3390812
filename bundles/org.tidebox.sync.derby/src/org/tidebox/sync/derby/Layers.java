package org.tidebox.sync.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * A folder's trees in two layers: what was written lately hides what the tables say. Looks and tells what to write; what
 * is recent changes only when that is durable.
 *
 * @param tables what the tables hold
 * @param all what both layers hold together
 * @param recent what is not in the tables yet
 */
record Layers(TreeState tables, TreeState all, RecentNodes recent) {
    /** Reads and counts. */
    static Layers read(Session session, FolderId folder) throws SQLException {
        TreeState tables = TreeState.read(session, folder);
        Layers layers = new Layers(tables, tables, new RecentNodes());
        for (Map.Entry<Integer, byte[]> update : RecentUpdates.list(session, tables.tree())) {
            Map<NodeId, NodeStates> states = new HashMap<>();
            TreeState all = layers.after(session, UpdateCodec.decode(update.getValue()), states);
            layers.recent.add(update.getKey(), update.getValue().length, states);
            layers = new Layers(tables, all, layers.recent);
        }
        return layers;
    }

    private boolean isEmptyHere() {
        return tables.synced() == 0 && !tables.differsLocally();
    }

    private boolean isEmptyThere() {
        return tables.synced() == 0 && !tables.differsRemotely();
    }

    Map<NodeId, SyncedNode> synced(Session session, Collection<NodeId> ids) throws SQLException {
        return find(ids, NodeStates::synced, unknown -> tables.synced() > 0
                ? TreeTable.SYNCED.byIds(session, tables.tree(), unknown)
                : List.of(), synced -> synced.node().id());
    }

    Map<NodeId, LocalNode> local(Session session, Collection<NodeId> ids) throws SQLException {
        return find(ids, NodeStates::local, unknown -> tables.differsLocally()
                ? TreeTable.LOCAL.byIds(session, tables.tree(), unknown)
                : List.of(), LocalNode::id);
    }

    Map<NodeId, Node> remote(Session session, Collection<NodeId> ids) throws SQLException {
        return find(ids, NodeStates::remote, unknown -> tables.differsRemotely()
                ? TreeTable.REMOTE.byIds(session, tables.tree(), unknown)
                : List.of(), Node::id);
    }

    List<LocalNode> children(Session session, NodeId folder) throws SQLException {
        return join(recent.children(folder), isEmptyHere()
                ? List.of()
                : TreeSide.LOCAL.children(session, tables.tree(), folder, tables.differsLocally()), LocalNode::id);
    }

    List<Node> remoteChildren(Session session, NodeId folder) throws SQLException {
        return join(recent.remoteChildren(folder), isEmptyThere()
                ? List.of()
                : TreeSide.REMOTE.children(session, tables.tree(), folder, tables.differsRemotely()), Node::id);
    }

    /** Returns what lies in a folder on the disk with a name that may be the given one. */
    List<LocalNode> named(Session session, NodeId folder, String name) throws SQLException {
        return join(recent.named(folder, name), isEmptyHere()
                ? List.of()
                : TreeSide.LOCAL.withHash(session, tables.tree(), folder, name.hashCode(), tables.differsLocally()),
                LocalNode::id);
    }

    /** Returns what lies in a folder on the server with a name that may be the given one. */
    List<Node> remoteNamed(Session session, NodeId folder, String name) throws SQLException {
        return join(recent.remoteNamed(folder, name), isEmptyThere()
                ? List.of()
                : TreeSide.REMOTE.withHash(session, tables.tree(), folder, name.hashCode(), tables.differsRemotely()),
                Node::id);
    }

    /** Returns what has one of the disk keys, differences first, also deleted ones. */
    List<LocalNode> byKey(Session session, Collection<String> keys) throws SQLException {
        List<LocalNode> found = new ArrayList<>(recent.byKey(keys, true));
        List<LocalNode> before = isEmptyHere()
                ? List.of()
                : TreeSide.LOCAL.byKey(session, tables.tree(), keys, tables.differsLocally());
        before.stream().filter(node -> !recent.has(node.id())).forEach(found::add);
        found.addAll(recent.byKey(keys, false));
        return found;
    }

    List<NodeId> dirty(Session session, NodeId after, int limit) throws SQLException {
        TreeSet<NodeId> ids = new TreeSet<>(recent.dirty(after, limit));
        // The tables may be full of rows that are hidden: after a first synchronisation, as long as there is no rest.
        if (all.differences().local() > recent.local()) {
            addDirty(session, TreeTable.LOCAL, after, limit, ids);
        }
        if (all.differences().remote() > recent.remote()) {
            addDirty(session, TreeTable.REMOTE, after, limit, ids);
        }
        return ids.stream().limit(limit).toList();
    }

    private void addDirty(Session session, TreeTable<?> table, NodeId after, int limit, TreeSet<NodeId> ids)
            throws SQLException {
        NodeId from = after;
        for (int left = limit; left > 0 && from != null;) {
            List<NodeId> page = table.idsAfter(session, tables.tree(), from, limit);
            List<NodeId> unhidden = page.stream().filter(id -> !recent.has(id)).toList();
            ids.addAll(unhidden);
            left -= unhidden.size();
            from = page.size() < limit ? null : page.getLast();
        }
    }

    /**
     * Finds out what an update leads to.
     *
     * @param states gets the nodes that it changes, as they are then
     * @return what both layers hold then, but for facts and cursor
     */
    TreeState after(Session session, TreeUpdate update, Map<NodeId, NodeStates> states) throws SQLException {
        List<NodeId> ids = Stream.of(update.synced(), update.local(), update.remote())
                .flatMap(rows -> rows.keySet().stream()).distinct().toList();
        Map<NodeId, SyncedNode> synced = synced(session, ids);
        Map<NodeId, LocalNode> local = local(session, ids);
        Map<NodeId, Node> remote = remote(session, ids);
        TreeState then = all;
        for (NodeId id : ids) {
            NodeStates before = new NodeStates(synced.get(id), local.get(id), remote.get(id));
            NodeStates next = before.after(id, update);
            then = next.countInto(before.countInto(then, -1), 1);
            states.put(id, next);
        }
        return then;
    }

    /** Writes some recent nodes into the tables, and returns what those hold then. */
    TreeState settle(Session session, Map<NodeId, NodeStates> some) throws SQLException {
        return tables.grown(
                TreeTable.SYNCED.write(session, tables.tree(), rows(some, NodeStates::synced), tables.synced() > 0),
                TreeTable.LOCAL.write(session, tables.tree(), rows(some, NodeStates::local), tables.differsLocally()),
                TreeTable.REMOTE.write(session, tables.tree(), rows(some, NodeStates::remote),
                        tables.differsRemotely()));
    }

    private static <T> Map<NodeId, Optional<T>> rows(Map<NodeId, NodeStates> some, Function<NodeStates, T> part) {
        Map<NodeId, Optional<T>> rows = new LinkedHashMap<>();
        some.forEach((id, states) -> rows.put(id, Optional.ofNullable(part.apply(states))));
        return rows;
    }

    /** A look-up in the tables. */
    @FunctionalInterface
    private interface LookUp<T> {
        List<T> find(List<NodeId> ids) throws SQLException;
    }

    private <T> Map<NodeId, T> find(Collection<NodeId> ids, Function<NodeStates, T> part, LookUp<T> lookUp,
            Function<T, NodeId> id) throws SQLException {
        Map<NodeId, T> found = new HashMap<>();
        List<NodeId> unknown = new ArrayList<>();
        for (NodeId wanted : ids) {
            NodeStates states = recent.get(wanted);
            if (states == null) {
                unknown.add(wanted);
            } else if (part.apply(states) != null) {
                found.put(wanted, part.apply(states));
            }
        }
        lookUp.find(unknown).forEach(row -> found.put(id.apply(row), row));
        return found;
    }

    private <T> List<T> join(Stream<T> recently, List<T> before, Function<T, NodeId> id) {
        return recent.isEmpty()
                ? before
                : Stream.concat(recently, before.stream().filter(node -> !recent.has(id.apply(node)))).toList();
    }
}
