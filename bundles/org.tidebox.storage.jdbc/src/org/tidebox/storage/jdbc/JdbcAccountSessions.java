package org.tidebox.storage.jdbc;

import java.time.Instant;
import java.util.Optional;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.AccountSession;
import org.tidebox.storage.accounts.AccountSessions;

/** The sessions without a device in the table {@code sessions}. */
record JdbcAccountSessions(Database database) implements AccountSessions {
    @Override
    public AccountSession add(long account, String tokenHash, Instant created, Instant expires)
            throws StorageException {
        return database.call(session -> {
            session.update("DELETE FROM sessions WHERE expires <= ?", created.toEpochMilli());
            session.update("INSERT INTO sessions (token, account, last_seen, expires) VALUES (?, ?, ?, ?)", tokenHash,
                    account, created.toEpochMilli(), expires.toEpochMilli());
            return new AccountSession(account, created, expires);
        });
    }

    @Override
    public Optional<AccountSession> find(String tokenHash) throws StorageException {
        return database.call(session -> session.one("SELECT account, last_seen, expires FROM sessions WHERE token = ?",
                row -> new AccountSession(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3))),
                tokenHash));
    }

    @Override
    public void renew(String tokenHash, Instant lastSeen, Instant expires) throws StorageException {
        database.call(session -> session.update("UPDATE sessions SET last_seen = ?, expires = ? WHERE token = ?",
                lastSeen.toEpochMilli(), expires.toEpochMilli(), tokenHash));
    }

    @Override
    public void remove(String tokenHash) throws StorageException {
        database.call(session -> session.update("DELETE FROM sessions WHERE token = ?", tokenHash));
    }

    @Override
    public int removeAll(long account) throws StorageException {
        return database.call(session -> session.update("DELETE FROM sessions WHERE account = ?", account));
    }
}
