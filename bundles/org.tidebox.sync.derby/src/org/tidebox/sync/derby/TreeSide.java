package org.tidebox.sync.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.tidebox.sync.derby.TreeTable.Index;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * How the tree of one side looks: the differences, and the agreed nodes that have none.
 *
 * @param differences the table of the differences
 * @param agreed how an agreed node looks on this side
 * @param <T> a node of this side
 */
record TreeSide<T>(TreeTable<T> differences, Function<SyncedNode, T> agreed) {
    static final TreeSide<LocalNode> LOCAL = new TreeSide<>(TreeTable.LOCAL, LocalNode::of);
    static final TreeSide<Node> REMOTE = new TreeSide<>(TreeTable.REMOTE, SyncedNode::node);
    private static final String IN_FOLDER = "t.parent = ? AND t.tree = ?";
    private static final String ALIVE = " AND NOT t.deleted";
    private static final String WITH_KEY = "t.disk_key IN %s";

    /**
     * Returns what is alive in a folder.
     *
     * @param differs whether this side of the tree has any difference: if not, agreed nodes are found faster
     */
    List<T> children(Session session, int tree, NodeId folder, boolean differs) throws SQLException {
        return alive(session, IN_FOLDER, differs, folder.toBytes(), tree);
    }

    /** Returns what is alive in a folder with a name of the given hash. */
    List<T> withHash(Session session, int tree, NodeId folder, int nameHash, boolean differs) throws SQLException {
        return alive(session, IN_FOLDER + " AND t.name_hash = ?", differs, folder.toBytes(), tree, nameHash);
    }

    /** Returns what has one of the disk keys, differences first, also deleted ones. */
    List<T> byKey(Session session, int tree, Collection<String> keys, boolean differs) throws SQLException {
        List<T> found = new ArrayList<>();
        if (differs) {
            found.addAll(differences.selectIn(session, Index.DISK_KEY, "t.tree = ? AND " + WITH_KEY, keys, tree));
        }
        String condition = "t.tree = ?" + (differs ? differences.without() : "") + " AND " + WITH_KEY;
        TreeTable.SYNCED.selectIn(session, Index.DISK_KEY, condition, keys, tree)
                .forEach(node -> found.add(agreed.apply(node)));
        return found;
    }

    private List<T> alive(Session session, String condition, boolean differs, Object... arguments) throws SQLException {
        List<T> found = new ArrayList<>();
        if (differs) {
            found.addAll(differences.select(session, Index.PLACE, condition + ALIVE, arguments));
        }
        TreeTable.SYNCED.select(session, Index.PLACE, condition + (differs ? differences.without() : ""), arguments)
                .forEach(node -> found.add(agreed.apply(node)));
        return found;
    }
}
