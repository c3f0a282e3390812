package org.tidebox.sync.derby;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with the statements that were prepared on it, which are few. Arguments are numbers, texts, truth values,
 * byte arrays or {@link Null}. Not thread-safe.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean used;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    <R> List<R> list(String sql, Row<R> row, Object... arguments) throws SQLException {
        List<R> found = new ArrayList<>();
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            while (rows.next()) {
                found.add(row.read(rows));
            }
        }
        return found;
    }

    <R> Optional<R> one(String sql, Row<R> row, Object... arguments) throws SQLException {
        return list(sql, row, arguments).stream().findFirst();
    }

    /** Returns the number of rows changed. Inside one process a batch would save nothing over many calls. */
    int update(String sql, Object... arguments) throws SQLException {
        return bound(sql, arguments).executeUpdate();
    }

    /** Runs a script of statements, each ended by a semicolon at the end of a line. */
    void script(String script) throws SQLException {
        used = true;
        try (Statement statement = connection.createStatement()) {
            for (String sql : script.replaceAll("(?m)^--.*$", "").split(";\\s*(\n|$)")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** Commits what was done; quick if that is nothing. */
    void commit() throws SQLException {
        if (used) {
            connection.commit();
            used = false;
        }
    }

    /** Undoes what was not committed and closes the connection. */
    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        } catch (SQLException e) {
            // Derby ends what an unusable connection did; the error that made it so is reported where it came up.
            LOG.debug("Cannot end a connection to the device's database", e);
        }
    }

    private PreparedStatement bound(String sql, Object... arguments) throws SQLException {
        used = true;
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, Object argument) throws SQLException {
        switch (argument) {
            case Null none -> statement.setNull(index, none.type());
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Boolean truth -> statement.setBoolean(index, truth);
            case String text -> statement.setString(index, text);
            default -> throw new IllegalStateException("no SQL type for " + argument.getClass());
        }
    }
}
