package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;

/**
 * Reads what lay in folders, folder after folder: each in the order of an index, so that a page of a large folder costs
 * as much as the page holds.
 */
record ChildrenAsOf(SqlSession session, long library, long head, long asOf) {
    PastPage read(List<NodeId> folders, long after, int limit) throws SQLException {
        PageRows page = new PageRows(limit);
        List<Node> nodes = page.nodes();
        long behind = after;
        for (int done = 0; done < folders.size(); done++) {
            page.read(session, Queries.liveChildrenAsOf(session.dialect()), folders.get(done).toBytes(), library,
                    behind, asOf, asOf);
            if (page.isFull()) {
                return new PastPage(nodes, thinned(nodes), done, nodes.getLast().sequence(), head);
            }
            behind = 0;
        }
        return new PastPage(nodes, thinned(nodes), folders.size(), 0, head);
    }

    private List<NodeId> thinned(List<Node> nodes) throws SQLException {
        return InLists.query(session, Queries.thinnedBehind(session.dialect()),
                JdbcJournal.bytes(nodes.stream().map(Node::id).toList()), row -> new NodeId(row.getBytes(1)), asOf,
                library, asOf);
    }
}
