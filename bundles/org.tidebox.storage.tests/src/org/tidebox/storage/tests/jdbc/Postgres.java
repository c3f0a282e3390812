package org.tidebox.storage.tests.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.StorageLocation;

/**
 * Gives each test of a class a schema of its own in PostgreSQL; registered in a static field. The server is the one that
 * the system property {@value #URL} names, such as {@code jdbc:postgresql://localhost/test?user=test}; else a private
 * one, which all classes share. Where PostgreSQL is not installed the tests are skipped, unless the property says {@value
 * #REQUIRED}.
 */
final class Postgres implements ExecutionCondition, BeforeAllCallback, AfterEachCallback {
    private static final String URL = "tidebox.test.postgres";
    private static final String REQUIRED = "required";
    private static final String MISSING = "PostgreSQL is not installed (no initdb on PATH or in /usr/lib/postgresql)";

    private String url;
    private String schema;
    private MetadataStore store;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try {
            if (System.getProperty(URL) != null || PostgresServer.findPrograms().isPresent()) {
                return ConditionEvaluationResult.enabled("there is a server");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.err.println("Skipped " + context.getDisplayName() + ": " + MISSING);
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        String given = System.getProperty(URL, REQUIRED);
        url = given.equals(REQUIRED) ? sharedServer(context).url() : given;
    }

    /** Opens a store in a new schema. */
    MetadataStore open() throws SQLException, StorageException {
        schema = "t" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE SCHEMA " + schema);
        String own = url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
        store = new JdbcMetadataStoreProvider()
                .open(new StorageLocation(Path.of("unused"), Map.of(JdbcMetadataStoreProvider.URL, own)));
        return store;
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        if (store != null) {
            store.close();
            store = null;
        }
        execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    /** Returns the server that is stopped when all tests of this process are done. */
    private static PostgresServer sharedServer(ExtensionContext context) throws IOException {
        Optional<Path> programs = PostgresServer.findPrograms();
        if (programs.isEmpty()) {
            throw new IOException(MISSING);
        }
        return context.getRoot().getStore(ExtensionContext.Namespace.create(Postgres.class))
                .getOrComputeIfAbsent(PostgresServer.class, key -> {
                    try {
                        return PostgresServer.start(programs.get());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }, PostgresServer.class);
    }

    private void execute(String sql) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
