package org.tidebox.storage.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;

/** What the databases' errors mean. */
final class SqlErrors {
    private static final String DUPLICATE = "23505";
    /** The state of an error that says that the disk is full. */
    static final String DISK_FULL = "53100";
    // Serialisation failure and deadlock; Derby's two lock time-outs; PostgreSQL's deadlock and lock not available.
    private static final Set<String> PASSING = Set.of("40001", "40XL1", "40XL2", "40P01", "55P03");

    private static final Pattern DAMAGED = Pattern.compile("XSDG.|XSDB[^6]|XSDF.|XSLA.|XX00[12]");

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
        if (isDamaged(e)) {
            return new StorageException("The metadata database is damaged: " + line(e) + " (" + state + "). If 'tidebox"
                    + " server check --rebuild' does not mend it, stop the server and put back a backup of the"
                    + " database", true, e);
        }
        boolean permanent = state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
        return new StorageException("The metadata database failed: " + line(e) + " (" + state + ")", permanent,
                e);
    }

    /** Returns an error's message in one line. */
    static String line(SQLException e) {
        return String.valueOf(e.getMessage()).lines().map(String::strip).collect(Collectors.joining(" "));
    }

    /** Derby's states for pages, containers and logs that are not what was written; PostgreSQL's for the same. */
    private static boolean isDamaged(SQLException e) {
        for (Throwable found : e) {
            if (found instanceof SQLException sql && sql.getSQLState() != null
                    && DAMAGED.matcher(sql.getSQLState()).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether there was no room on the disk. */
    static boolean isFull(SQLException e) {
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
