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
                + "WHERE v.library = ? AND v.sequence > ? AND v.sequence <= ? AND v.deleted = FALSE"
                + notReplaced(dialect) + " ORDER BY v.sequence FETCH FIRST ? ROWS ONLY";
    }

    /** As {@link #liveNodesAsOf}, of one folder; arguments: folder, library, after, as of, as of, limit. */
    static String liveChildrenAsOf(Dialect dialect) {
        return "SELECT " + NodeRows.COLUMNS + " FROM versions v" + dialect.viaIndex("VERSIONS_PARENT")
                + "WHERE v.parent = ? AND v.library = ? AND v.sequence > ? AND v.sequence <= ? AND v.deleted = FALSE"
                + notReplaced(dialect) + " ORDER BY v.parent, v.library, v.sequence FETCH FIRST ? ROWS ONLY";
    }

    /**
     * Selects those of some nodes whose first version behind a sequence follows upon versions that are gone; arguments:
     * sequence, library, sequence, ids.
     */
    static String thinnedBehind(Dialect dialect) {
        return "SELECT w.node FROM versions w" + dialect.viaIndex("VERSIONS_NODE")
                + "WHERE w.thinned = TRUE AND NOT EXISTS (SELECT 1 FROM versions x" + dialect.viaIndex("VERSIONS_NODE")
                + "WHERE x.node = w.node AND x.library = w.library AND x.sequence > ? AND x.sequence < w.sequence)"
                + " AND w.library = ? AND w.sequence > ? AND w.node IN %s";
    }

    /**
     * Selects the sequences of deleted nodes that can be taken back, newest first; arguments: library, before, limit. Their
     * rows have no live parent.
     */
    static String deletedNodes(Dialect dialect) {
        return "SELECT n.sequence FROM" + dialect.inOrder() + "nodes n" + dialect.viaIndex("NODES_PARENT")
                + ", versions v" + dialect.lookup("VERSIONS_KEY")
                + "WHERE v.library = n.library AND v.sequence = n.sequence AND n.live_parent IS NULL AND v.purged = FALSE"
                + " AND n.library = ? AND n.sequence < ? ORDER BY n.sequence DESC FETCH FIRST ? ROWS ONLY";
    }

    /** The condition that no newer version of the same node had come; argument: as of. */
    private static String notReplaced(Dialect dialect) {
        return " AND NOT EXISTS (SELECT 1 FROM versions w" + dialect.viaIndex("VERSIONS_NODE")
                + "WHERE w.node = v.node AND w.library = v.library AND w.sequence > v.sequence AND w.sequence <= ?)";
    }
}
