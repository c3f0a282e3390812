package org.tidebox.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidebox.storage.Device;
import org.tidebox.storage.Devices;
import org.tidebox.storage.StorageException;

/** The installations in the table {@code devices}. */
record JdbcDevices(Database database) implements Devices {
    private static final String SELECT = "SELECT id, account, name, created, last_seen, expires FROM devices ";

    @Override
    public Device add(long account, String name, String tokenHash, Instant created, Instant expires)
            throws StorageException {
        return database.call(session -> {
            long id = session.insert(
                    "INSERT INTO devices (account, name, token, created, last_seen, expires) VALUES (?, ?, ?, ?, ?, ?)",
                    account, name, tokenHash, created.toEpochMilli(), created.toEpochMilli(), expires.toEpochMilli());
            return session.one(SELECT + "WHERE id = ?", JdbcDevices::read, id).orElseThrow();
        });
    }

    @Override
    public Optional<Device> findByToken(String tokenHash) throws StorageException {
        return database.call(session -> session.one(SELECT + "WHERE token = ?", JdbcDevices::read, tokenHash));
    }

    @Override
    public void renew(long device, Instant lastSeen, Instant expires) throws StorageException {
        database.call(session -> session.update("UPDATE devices SET last_seen = ?, expires = ? WHERE id = ?",
                lastSeen.toEpochMilli(), expires.toEpochMilli(), device));
    }

    @Override
    public List<Device> list(long account) throws StorageException {
        return database.call(
                session -> session.list(SELECT + "WHERE account = ? ORDER BY name, id", JdbcDevices::read, account));
    }

    @Override
    public void remove(long device) throws StorageException {
        database.call(session -> session.update("DELETE FROM devices WHERE id = ?", device));
    }

    private static Device read(ResultSet row) throws SQLException {
        return new Device(row.getLong(1), row.getLong(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)), Instant.ofEpochMilli(row.getLong(6)));
    }
}
