package org.tidebox.storage.jdbc;

import java.util.Optional;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.provider.Settings;

/** Small facts in the table {@code settings}. */
record JdbcSettings(Database database) implements Settings {
    @Override
    public Optional<String> get(String key) throws StorageException {
        return database.call(
                session -> session.one("SELECT content FROM settings WHERE name = ?", row -> row.getString(1), key));
    }

    @Override
    public void put(String key, String value) throws StorageException {
        database.call(session -> {
            int known = session.update("UPDATE settings SET content = ? WHERE name = ?", value, key);
            return known > 0
                    ? known
                    : session.update("INSERT INTO settings (content, name) VALUES (?, ?)", value, key);
        });
    }
}
