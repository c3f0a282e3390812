package org.tidebox.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AttemptThrottle;
import org.tidebox.storage.StorageException;

/**
 * The attempts to log in, in the table {@code attempts}. Strangers choose the keys: long ones are shortened, old rows
 * leave by themselves.
 */
record JdbcAttempts(Database database) implements AttemptStore {
    private static final int LONGEST_KEY = 200;
    private static final Duration MEMORY = Duration.ofDays(2);

    @Override
    public List<Attempts> change(List<String> keys, UnaryOperator<List<Attempts>> change) throws AuthException {
        List<String> names = keys.stream().map(JdbcAttempts::column).toList();
        try {
            // Most that is refused changes nothing, and then nothing need be locked or written.
            return database.call(session -> {
                List<Attempts> seen = read(session, names);
                return change.apply(seen).equals(seen) ? seen : changeLocked(session, names, change);
            });
        } catch (StorageException e) {
            throw new AuthException(AuthException.Reason.UNAVAILABLE,
                    "The server cannot check logins at the moment; try again later", e);
        }
    }

    private static List<Attempts> changeLocked(SqlSession session, List<String> names,
            UnaryOperator<List<Attempts>> change) throws SQLException {
        boolean grows = false;
        for (String name : names.stream().sorted().toList()) {
            grows |= lock(session, name);
        }
        List<Attempts> found = read(session, names);
        List<Attempts> wanted = change.apply(found);
        long now = 0;
        for (int i = 0; i < names.size(); i++) {
            write(session, names.get(i), wanted.get(i));
            now = Math.max(now, newest(wanted.get(i)).toEpochMilli());
        }
        if (grows) {
            session.update("DELETE FROM attempts WHERE expires < ?", now);
        }
        return found;
    }

    private static List<Attempts> read(SqlSession session, List<String> names) throws SQLException {
        List<Attempts> found = new ArrayList<>(names.size());
        for (String name : names) {
            found.add(session.one("SELECT failures, last_time, right_time FROM attempts WHERE name = ?",
                    row -> new Attempts(row.getInt(1), Instant.ofEpochMilli(row.getLong(2)),
                            Instant.ofEpochMilli(row.getLong(3))),
                    name).orElse(Attempts.NONE));
        }
        return found;
    }

    /**
     * Locks the row of a key, always in the same order; of several who make it at once, all but one begin again. Returns
     * whether it was made.
     */
    private static boolean lock(SqlSession session, String name) throws SQLException {
        // Until it is written it is none of those that others may remove.
        return session.update("UPDATE attempts SET failures = failures WHERE name = ?", name) == 0
                && session.update("INSERT INTO attempts (name, failures, last_time, expires) VALUES (?, 0, 0, ?)", name,
                        Long.MAX_VALUE) == 1;
    }

    private static void write(SqlSession session, String name, Attempts attempts) throws SQLException {
        Instant expires = newest(new Attempts(0, attempts.last().plus(MEMORY),
                attempts.right().plus(AttemptThrottle.MEMORY_OF_ORIGINS)));
        session.update("UPDATE attempts SET failures = ?, last_time = ?, right_time = ?, expires = ? WHERE name = ?",
                attempts.failures(), attempts.last().toEpochMilli(), attempts.right().toEpochMilli(),
                expires.toEpochMilli(), name);
    }

    private static Instant newest(Attempts attempts) {
        return attempts.last().isAfter(attempts.right()) ? attempts.last() : attempts.right();
    }

    private static String column(String key) {
        return key.length() <= LONGEST_KEY
                ? key
                : key.substring(0, LONGEST_KEY - 40)
                        + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }
}
