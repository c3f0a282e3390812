package org.tidebox.sync.derby;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeStoreException.Reason;

/**
 * Brings the tables to the version that this program knows: each numbered script once, each in a transaction of its
 * own.
 */
final class Migrations {
    private static final List<String> SCRIPTS = List.of("001-tables.sql", "002-extended-attributes.sql",
            "003-recent.sql", "004-activity.sql");
    // In a process that has just been started, JDBC's general way takes twice as long.
    private static final String HAS_VERSION = "SELECT tablename FROM sys.systables WHERE tablename = 'SCHEMA_VERSION'";

    private Migrations() {
    }

    /** Runs the scripts that were not run yet. */
    static void run(Session session, Path directory) throws SQLException, TreeStoreException {
        int version = version(session);
        if (version > SCRIPTS.size()) {
            throw new TreeStoreException(Reason.FAILED, "The device's database in " + directory + " has schema version "
                    + version + ", but this version of Tidebox knows only up to " + SCRIPTS.size()
                    + "; use the version of Tidebox that wrote it", null);
        }
        for (int next = version; next < SCRIPTS.size(); next++) {
            session.script(read(SCRIPTS.get(next)));
            session.update("UPDATE schema_version SET version = ?", next + 1);
            session.commit();
        }
        session.commit();
    }

    private static int version(Session session) throws SQLException {
        if (session.one(HAS_VERSION, row -> true).isEmpty()) {
            session.script("CREATE TABLE schema_version (version INTEGER NOT NULL)");
            session.update("INSERT INTO schema_version (version) VALUES (0)");
        }
        return session.one("SELECT version FROM schema_version", row -> row.getInt(1)).orElse(0);
    }

    private static String read(String script) throws TreeStoreException {
        try (InputStream in = Migrations.class.getResourceAsStream(script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TreeStoreException(Reason.FAILED, "Cannot read " + script + " from the program; install it again",
                    e);
        }
    }
}
