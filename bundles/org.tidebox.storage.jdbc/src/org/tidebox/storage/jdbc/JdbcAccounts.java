package org.tidebox.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Accounts;

/** The people in the table {@code accounts}. */
record JdbcAccounts(Database database) implements Accounts {
    private static final String SELECT = "SELECT id, name, disabled, quota, used, created FROM accounts ";

    @Override
    public Account add(String name, Instant created) throws StorageException {
        return database.call(session -> {
            try {
                long id = session.insert(
                        "INSERT INTO accounts (name, disabled, quota, used, created) VALUES (?, FALSE, 0, 0, ?)",
                        name, created.toEpochMilli());
                return session.one(SELECT + "WHERE id = ?", JdbcAccounts::read, id).orElseThrow();
            } catch (SQLException e) {
                if (SqlErrors.isDuplicate(e)) {
                    throw new AlreadyExistsException("an account", name);
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<Account> find(String name) throws StorageException {
        // Derby takes a name with blanks at its end for the one without.
        return database.call(session -> session.one(SELECT + "WHERE name = ?", JdbcAccounts::read, name))
                .filter(found -> found.name().equals(name));
    }

    @Override
    public Optional<Account> find(long id) throws StorageException {
        return database.call(session -> session.one(SELECT + "WHERE id = ?", JdbcAccounts::read, id));
    }

    @Override
    public List<Account> list() throws StorageException {
        return database.call(session -> session.list(SELECT + "ORDER BY name", JdbcAccounts::read));
    }

    @Override
    public long metadata(long id) throws StorageException {
        return database.call(session -> session.one("SELECT COALESCE(SUM(used), 0) FROM libraries WHERE account = ?",
                row -> row.getLong(1), id).orElse(0L));
    }

    @Override
    public Optional<String> verifier(String name) throws StorageException {
        return database.call(session -> session
                .one("SELECT name, verifier FROM accounts WHERE name = ?", row -> row.getString(1).equals(name)
                        ? Optional.ofNullable(row.getString(2))
                        : Optional.<String>empty(), name)
                .flatMap(found -> found));
    }

    @Override
    public void setVerifier(String name, String verifier) throws StorageException {
        change("UPDATE accounts SET verifier = ? WHERE name = ?", verifier, name);
    }

    @Override
    public void setDisabled(long id, boolean disabled) throws StorageException {
        change("UPDATE accounts SET disabled = ? WHERE id = ?", disabled, id);
    }

    @Override
    public void setQuota(long id, long bytes) throws StorageException {
        change("UPDATE accounts SET quota = ? WHERE id = ?", bytes, id);
    }

    private void change(String sql, Object value, Object key) throws StorageException {
        if (database.call(session -> session.update(sql, Objects.requireNonNull(value), key)) == 0) {
            throw new StorageException("There is no account '" + key + "'", true, null);
        }
    }

    private static Account read(ResultSet row) throws SQLException {
        return new Account(row.getLong(1), row.getString(2), row.getBoolean(3), row.getLong(4), row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)));
    }
}
