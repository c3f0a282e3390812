package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.util.Optional;

/** Finds out how far a library was at a time. */
final class Moments {
    private static final String FIRST = "SELECT sequence, accepted FROM versions WHERE library = ? AND sequence >= ?"
            + " AND sequence < ? ORDER BY sequence FETCH FIRST 1 ROWS ONLY";

    private Moments() {
    }

    /** A version's number, and when it was accepted. */
    private record Moment(long sequence, long accepted) {
    }

    /**
     * Halves the journal again and again, since times rise with the sequence: some twenty look-ups in the key, without
     * an index of their own. Versions that retention let go are stepped over.
     */
    static long sequenceAt(SqlSession session, long library, long head, long time) throws SQLException {
        long before = 0;
        long behind = head + 1;
        while (behind - before > 1) {
            long middle = before + (behind - before) / 2;
            Optional<Moment> found = session.one(FIRST, row -> new Moment(row.getLong(1), row.getLong(2)), library,
                    middle, behind);
            if (found.isPresent() && found.get().accepted() <= time) {
                before = found.get().sequence();
            } else {
                behind = middle;
            }
        }
        return before;
    }
}
