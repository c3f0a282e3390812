package org.tidebox.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tidebox.storage.StorageException;

/**
 * Brings the tables to the version that this program knows: each numbered script once, each in a transaction of its
 * own.
 */
final class Migrations {
    private static final List<String> SCRIPTS = List.of("001-tables.sql", "002-upkeep.sql", "003-marks.sql",
            "004-extended-attributes.sql", "005-past.sql", "006-damage.sql", "007-devices.sql", "008-confirmed.sql",
            "009-usage.sql", "010-sessions.sql");
    private static final String TABLE = "schema_version";

    private Migrations() {
    }

    /** Runs the scripts that were not run yet. */
    static void run(Connection connection, Dialect dialect) throws SQLException, StorageException {
        connection.setAutoCommit(false);
        SqlSession session = new SqlSession(connection, dialect);
        int version = version(session);
        if (version > SCRIPTS.size()) {
            throw new StorageException("The metadata has schema version " + version
                    + ", but this version of Tidebox knows only up to "
                    + SCRIPTS.size() + "; use the version of Tidebox that wrote it", true, null);
        }
        for (int next = version; next < SCRIPTS.size(); next++) {
            session.script(dialect.translate(read(SCRIPTS.get(next))));
            session.update("UPDATE schema_version SET version = ?", next + 1);
            connection.commit();
        }
        connection.commit();
    }

    private static int version(SqlSession session) throws SQLException {
        if (!session.hasTable(TABLE)) {
            session.script("CREATE TABLE schema_version (version INTEGER NOT NULL)");
            session.update("INSERT INTO schema_version (version) VALUES (0)");
        }
        return session.one("SELECT version FROM schema_version", row -> row.getInt(1)).orElse(0);
    }

    /** Returns a script that comes with the program. */
    static String read(String script) throws StorageException {
        try (InputStream in = Migrations.class.getResourceAsStream(script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StorageException("Cannot read " + script + " from the program; install it again", true, e);
        }
    }
}
