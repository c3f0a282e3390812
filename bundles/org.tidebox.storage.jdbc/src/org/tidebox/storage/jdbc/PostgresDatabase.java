package org.tidebox.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.tidebox.storage.DiskRoom;
import org.tidebox.storage.StorageException;

/** Connects to a PostgreSQL server, which several Tidebox servers may share. */
final class PostgresDatabase {
    private static final long MIGRATION_LOCK = 0x7469646562_6f78L;

    private PostgresDatabase() {
    }

    /**
     * Connects to a database that exists; tables are made where they are not there.
     *
     * @param way what connections go through
     */
    static Database open(String url, Map<String, String> options, UnaryOperator<DataSource> way)
            throws StorageException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setURL(url);
        } catch (IllegalArgumentException e) {
            throw new StorageException("The option 'metadata.url' is no address of a PostgreSQL database: " + url,
                    true, e);
        }
        source.setReWriteBatchedInserts(true);
        if (options.containsKey("metadata.user")) {
            source.setUser(options.get("metadata.user"));
            source.setPassword(options.get("metadata.password"));
        }
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            // Held until the connection is closed: several servers may start at once on an empty database.
            new SqlSession(connection, Dialect.POSTGRESQL).list("SELECT pg_advisory_lock(?)", row -> true,
                    MIGRATION_LOCK);
            Migrations.run(connection, Dialect.POSTGRESQL);
        } catch (SQLException e) {
            throw new StorageException("Cannot use the database " + url + ": " + e.getMessage()
                    + "; check the address, user and password, and that it runs", false, e);
        }
        return new Database(way.apply(source), Dialect.POSTGRESQL, DiskRoom.UNKNOWN, () -> {
        });
    }
}
