package org.tidebox.storage.jdbc;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Invitations;

/** The open join codes in the table {@code invitations}. */
record JdbcInvitations(Database database) implements Invitations {
    @Override
    public void add(long account, String secretHash, Instant expires) throws StorageException {
        database.call(session -> session.update("INSERT INTO invitations (secret, account, expires) VALUES (?, ?, ?)",
                secretHash, account, expires.toEpochMilli()));
    }

    @Override
    public OptionalLong redeem(String secretHash, Instant now) throws StorageException {
        return database.call(session -> {
            session.update("DELETE FROM invitations WHERE expires <= ?", now.toEpochMilli());
            Optional<Long> account = session.one("SELECT account FROM invitations WHERE secret = ?",
                    row -> row.getLong(1),
                    secretHash);
            // Of several who have read it, one deletes it.
            boolean first = account.isPresent()
                    && session.update("DELETE FROM invitations WHERE secret = ?", secretHash) == 1;
            return first ? OptionalLong.of(account.get()) : OptionalLong.empty();
        });
    }

    @Override
    public void withdraw(long account) throws StorageException {
        database.call(session -> session.update("DELETE FROM invitations WHERE account = ?", account));
    }
}
