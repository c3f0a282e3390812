package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;

/**
 * Reads what lay in folders, folder after folder: each in the order of an index, so that a page of a large folder costs
 * as much as the page holds.
 */
record ChildrenAsOf(Session session, long library, long head, long asOf) {
    PastPage read(List<NodeId> folders, long after, int limit) throws SQLException {
        List<Node> nodes = new ArrayList<>();
        long behind = after;
        for (int done = 0; done < folders.size(); done++) {
            int room = limit - nodes.size();
            List<Node> some = session.list(Queries.liveChildrenAsOf(session.dialect()), NodeRows::read,
                    folders.get(done).toBytes(), library, behind, asOf, asOf, room);
            nodes.addAll(some);
            if (some.size() == room) {
                return new PastPage(nodes, thinned(nodes), done, some.getLast().sequence(), head);
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
