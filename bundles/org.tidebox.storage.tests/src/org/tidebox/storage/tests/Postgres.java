package org.tidebox.storage.tests;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StorageLocation;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;

/**
 * Opens a schema of its own in the PostgreSQL database that the system property {@link #URL} names, such as
 * {@code jdbc:postgresql://localhost/test?user=test}; removes it after the test.
 */
final class Postgres implements AfterEachCallback {
    static final String URL = "tidebox.test.postgres";
    private final String schema = "t" + UUID.randomUUID().toString().replace("-", "");
    private MetadataStore store;

    MetadataStore open() throws SQLException, StorageException {
        execute("CREATE SCHEMA " + schema);
        String url = System.getProperty(URL);
        String own = url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
        store = new JdbcMetadataStoreProvider()
                .open(new StorageLocation(Path.of("unused"), Map.of("metadata.url", own)));
        return store;
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        if (store != null) {
            store.close();
        }
        execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    private static void execute(String sql) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(System.getProperty(URL));
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
