package org.tidebox.sync.derby;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The table of updates that are not in the tables of nodes yet. */
final class RecentUpdates {
    private RecentUpdates() {
    }

    static void add(Session session, int tree, int number, byte[] update) throws SQLException {
        session.update("INSERT INTO recent_updates (tree, number, content) VALUES (?, ?, ?)", tree, number, update);
    }

    /** Returns the updates of a tree with their numbers, in their order. */
    static List<Map.Entry<Integer, byte[]>> list(Session session, int tree) throws SQLException {
        return session.list("SELECT number, content FROM recent_updates WHERE tree = ? ORDER BY number",
                row -> Map.entry(row.getInt(1), row.getBytes(2)), tree);
    }

    static void clear(Session session, int tree) throws SQLException {
        session.update("DELETE FROM recent_updates WHERE tree = ?", tree);
    }
}
