package org.tidebox.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;

/** What the databases' errors mean. */
final class SqlErrors {
    private static final String DUPLICATE = "23505";
    private static final String DISK_FULL = "53100";
    // Serialisation failure and deadlock; Derby's two lock time-outs; PostgreSQL's deadlock and lock not available.
    private static final Set<String> PASSING = Set.of("40001", "40XL1", "40XL2", "40P01", "55P03");

    private SqlErrors() {
    }

    static boolean isDuplicate(SQLException e) {
        return has(e, DUPLICATE);
    }

    /** Returns whether the same transaction may well succeed when it is run again at once. */
    static boolean isPassing(SQLException e) {
        return PASSING.stream().anyMatch(state -> has(e, state));
    }

    /** Returns whether the error or one that is attached to it has the state. */
    static boolean has(SQLException e, String state) {
        for (Throwable found : e) {
            if (found instanceof SQLException sql && state.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    static StorageException translate(SQLException e) {
        if (isFull(e)) {
            return new StoreFullException("the metadata", e);
        }
        String state = String.valueOf(e.getSQLState());
        // Data that does not fit, a broken constraint, or a wrong statement: the same again fails again.
        boolean permanent = state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
        return new StorageException("The metadata database failed: " + e.getMessage() + " (" + state + ")", permanent,
                e);
    }

    private static boolean isFull(SQLException e) {
        for (Throwable found : e) {
            boolean noSpace = found instanceof IOException && String.valueOf(found.getMessage())
                    .contains("No space left");
            if (noSpace || found instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
