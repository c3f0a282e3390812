package org.tidebox.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.accounts.Devices;

/** The installations in the table {@code devices}. */
record JdbcDevices(Database database) implements Devices {
    private static final String SELECT = "SELECT id, account, name, created, last_seen, expires, address, removed FROM devices ";

    @Override
    public Device add(long account, String name, String tokenHash, String address, Instant created, Instant expires)
            throws StorageException {
        return database.call(session -> {
            long id = session.insert(
                    "INSERT INTO devices (account, name, token, address, created, last_seen, expires)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    account, name, tokenHash, Null.or(address), created.toEpochMilli(), created.toEpochMilli(),
                    expires.toEpochMilli());
            return session.one(SELECT + "WHERE id = ?", JdbcDevices::read, id).orElseThrow();
        });
    }

    @Override
    public Optional<Device> findByToken(String tokenHash) throws StorageException {
        return database.call(session -> session.one(SELECT + "WHERE token = ?", JdbcDevices::read, tokenHash));
    }

    @Override
    public void renew(long device, Instant lastSeen, String address, Instant expires) throws StorageException {
        database.call(session -> session.update(
                "UPDATE devices SET last_seen = ?, address = ?, expires = ? WHERE id = ?", lastSeen.toEpochMilli(),
                Null.or(address), expires.toEpochMilli(), device));
    }

    @Override
    public List<Device> list(long account) throws StorageException {
        return database.call(
                session -> session.list(SELECT + "WHERE account = ? ORDER BY name, id", JdbcDevices::read, account));
    }

    @Override
    public void remove(long device, Instant when) throws StorageException {
        database.call(session -> session.update("UPDATE devices SET removed = ? WHERE id = ? AND removed IS NULL",
                when.toEpochMilli(), device));
    }

    private static Device read(ResultSet row) throws SQLException {
        long removed = row.getLong(8);
        return new Device(row.getLong(1), row.getLong(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)), Instant.ofEpochMilli(row.getLong(6)), row.getString(7),
                removed == 0 ? null : Instant.ofEpochMilli(removed));
    }
}
