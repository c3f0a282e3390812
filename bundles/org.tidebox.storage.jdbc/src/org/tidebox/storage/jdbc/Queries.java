package org.tidebox.storage.jdbc;

/** Queries that several classes share. */
final class Queries {
    private Queries() {
    }

    /**
     * Returns the query for current nodes, found by the index of a constraint of {@code nodes}; a condition may
     * follow with AND.
     */
    static String currentNodes(Dialect dialect, String constraint) {
        return "SELECT " + NodeRows.COLUMNS + " FROM" + dialect.inOrder() + "nodes n" + dialect.via(constraint)
                + ", versions v" + dialect.lookup("VERSIONS_KEY")
                + "WHERE v.library = n.library AND v.sequence = n.sequence ";
    }

    /** Selects live nodes as they were; arguments: library, after, as of, as of, limit. */
    static String liveNodesAsOf(Dialect dialect) {
        return "SELECT " + NodeRows.COLUMNS + " FROM versions v" + dialect.via("VERSIONS_KEY")
                + "WHERE v.library = ? AND v.sequence > ? AND v.sequence <= ? AND v.deleted = FALSE AND NOT EXISTS"
                + " (SELECT 1 FROM versions w" + dialect.viaIndex("VERSIONS_NODE")
                + "WHERE w.node = v.node AND w.library = v.library AND w.sequence > v.sequence AND w.sequence <= ?)"
                + " ORDER BY v.sequence FETCH FIRST ? ROWS ONLY";
    }

    /**
     * Selects deleted nodes that can be taken back, newest first; arguments: library, before, limit. Their rows have no
     * live parent.
     */
    static String deletedNodes(Dialect dialect) {
        return "SELECT " + NodeRows.COLUMNS + " FROM" + dialect.inOrder() + "nodes n" + dialect.viaIndex("NODES_PARENT")
                + ", versions v" + dialect.lookup("VERSIONS_KEY")
                + "WHERE v.library = n.library AND v.sequence = n.sequence AND n.live_parent IS NULL AND v.purged = FALSE"
                + " AND n.library = ? AND n.sequence < ? ORDER BY n.sequence DESC FETCH FIRST ? ROWS ONLY";
    }
}
