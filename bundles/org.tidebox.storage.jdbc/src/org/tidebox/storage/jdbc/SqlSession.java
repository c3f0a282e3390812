package org.tidebox.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** One transaction's way to the database. Arguments are numbers, texts, truth values, byte arrays or {@link Null}. */
final class SqlSession {
    private static final int BATCH = 1000;
    private static final int FETCH = 32;

    private final Connection connection;
    private final Dialect dialect;

    SqlSession(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    <R> List<R> list(String sql, Row<R> row, Object... arguments) throws SQLException {
        List<R> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
        }
        return found;
    }

    /**
     * Reads rows as long as the reader wants more; they come from the database a few at a time.
     *
     * @param taker takes a row and says whether it wants another one
     */
    <R> void forEach(String sql, Row<R> row, Predicate<R> taker, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                boolean goesOn = true;
                while (goesOn && rows.next()) {
                    goesOn = taker.test(row.read(rows));
                }
            }
        }
    }

    <R> Optional<R> one(String sql, Row<R> row, Object... arguments) throws SQLException {
        return list(sql, row, arguments).stream().findFirst();
    }

    /** Returns the number of rows changed. */
    int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    /** Returns the number that the database gave the new row. */
    long insert(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(statement, arguments);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /**
     * Runs the statement once for each list of arguments, in few round trips. Returns the number of rows changed, as
     * far as the database tells it.
     */
    int batch(String sql, List<Object[]> rows) throws SQLException {
        int changed = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows.size(); i++) {
                bind(statement, rows.get(i));
                statement.addBatch();
                if ((i + 1) % BATCH == 0 || i + 1 == rows.size()) {
                    changed += IntStream.of(statement.executeBatch()).filter(count -> count > 0).sum();
                }
            }
        }
        return changed;
    }

    /** Returns whether there is a table of that name, which is given in small letters. */
    boolean hasTable(String name) throws SQLException {
        return one(dialect.tableNamed(), row -> true, name).isPresent();
    }

    /** Runs a script of statements, each ended by a semicolon at the end of a line. */
    void script(String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script.replaceAll("(?m)^--.*$", "").split(";\\s*(\n|$)")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case Null none -> statement.setNull(i + 1, none.type());
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case Boolean truth -> statement.setBoolean(i + 1, truth);
                case String text -> statement.setString(i + 1, text);
                default -> throw new IllegalArgumentException("no SQL type for " + arguments[i].getClass());
            }
        }
    }
}
