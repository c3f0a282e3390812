package org.tidebox.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;
import org.tidebox.auth.AuthException;
import org.tidebox.storage.StorageException;

/**
 * The failed logins in the table {@code attempts}. Strangers choose the keys: long ones are shortened, old rows leave
 * by themselves.
 */
record JdbcAttempts(Database database) implements AttemptStore {
    private static final int LONGEST_KEY = 200;
    private static final Duration MEMORY = Duration.ofDays(2);

    @Override
    public Attempts get(String key) throws AuthException {
        return call(session -> session.one("SELECT failures, last_time FROM attempts WHERE name = ?",
                row -> new Attempts(row.getInt(1), Instant.ofEpochMilli(row.getLong(2))), column(key))
                .orElse(Attempts.NONE));
    }

    @Override
    public void put(String key, Attempts attempts) throws AuthException {
        long last = attempts.last().toEpochMilli();
        call(session -> {
            session.update("DELETE FROM attempts WHERE last_time < ?", last - MEMORY.toMillis());
            int known = session.update("UPDATE attempts SET failures = ?, last_time = ? WHERE name = ?",
                    attempts.failures(), last, column(key));
            return known > 0
                    ? known
                    : session.update("INSERT INTO attempts (failures, last_time, name) VALUES (?, ?, ?)",
                            attempts.failures(), last, column(key));
        });
    }

    @Override
    public void clear(String key) throws AuthException {
        call(session -> session.update("DELETE FROM attempts WHERE name = ?", column(key)));
    }

    private <R> R call(Database.Work<R> work) throws AuthException {
        try {
            return database.call(work);
        } catch (StorageException e) {
            throw new AuthException(AuthException.Reason.UNAVAILABLE,
                    "The server cannot check logins at the moment; try again later", e);
        }
    }

    private static String column(String key) {
        return key.length() <= LONGEST_KEY
                ? key
                : key.substring(0, LONGEST_KEY - 40)
                        + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }
}
