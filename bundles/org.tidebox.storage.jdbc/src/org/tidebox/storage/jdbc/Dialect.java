package org.tidebox.storage.jdbc;

import java.util.Map;

/** Where the databases differ. */
enum Dialect {
    /** Derby decides how to run a query when its tables are still empty; so each query that matters names its index. */
    DERBY(Map.of("bytes16", "CHAR(16) FOR BIT DATA", "bytes32", "CHAR(32) FOR BIT DATA",
            "bytes", "VARCHAR(8192) FOR BIT DATA", "blob", "BLOB")) {
        @Override
        String via(String constraint) {
            return " --DERBY-PROPERTIES constraint=" + constraint + "\n";
        }

        @Override
        String inOrder() {
            return " --DERBY-PROPERTIES joinOrder=FIXED\n";
        }

        @Override
        String viaIndex(String index) {
            return " --DERBY-PROPERTIES index=" + index + "\n";
        }

        @Override
        String lookup(String constraint) {
            return " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP, constraint=" + constraint + "\n";
        }

        @Override
        String tableNamed() {
            return "SELECT tablename FROM sys.systables WHERE LOWER(tablename) = ?";
        }
    },

    /** PostgreSQL knows best by itself. */
    POSTGRESQL(Map.of("bytes16", "BYTEA", "bytes32", "BYTEA", "bytes", "BYTEA", "blob", "BYTEA")) {
        @Override
        String tableNamed() {
            return "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?";
        }
    };

    private final Map<String, String> types;

    Dialect(Map<String, String> types) {
        this.types = types;
    }

    /** Puts the types of this database into a script. */
    String translate(String script) {
        String sql = script;
        for (Map.Entry<String, String> type : types.entrySet()) {
            sql = sql.replace("${" + type.getKey() + "}", type.getValue());
        }
        return sql;
    }

    /** What to say behind a table to read it through the index of a constraint. */
    String via(String constraint) {
        return " ";
    }

    /** What to say behind a table to read it through an index. */
    String viaIndex(String index) {
        return " ";
    }

    /** What to say behind the second table of a join to look up each row by the index of a constraint. */
    String lookup(String constraint) {
        return " ";
    }

    /** A query for the table of a name in small letters; at a start, JDBC's general way takes Derby twice as long. */
    abstract String tableNamed();

    /** What to say behind {@code FROM} to join the tables in the order given. */
    String inOrder() {
        return " ";
    }
}
