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
}
