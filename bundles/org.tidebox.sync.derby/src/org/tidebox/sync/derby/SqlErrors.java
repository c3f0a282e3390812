package org.tidebox.sync.derby;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeStoreException.Reason;

/**
 * What Derby's errors mean. An error comes with others that led to it; Derby's own exceptions among them tell their
 * state as text.
 */
final class SqlErrors {
    private static final Pattern DERBY_ERROR = Pattern.compile("ERROR (\\w{5}): .*", Pattern.DOTALL);
    private static final int MAX_DETAIL = 200;
    private static final String STORE = "XS";
    private static final String IN_USE = "XSDB6";
    private static final String INTERRUPTED = "XSDG9";
    private static final String NEWER = "XSLAN";
    // Errors of the store that do not say that something in it is broken, but that it cannot be written just now.
    private static final Set<String> NOT_WRITTEN = Set.of("XSDG1", "XSDG3", "XSDF0", "XSDF1", "XSLA0", "XSLA2", "XSLA4",
            "XSLAE", "XSLAF", "XSTA2", IN_USE, INTERRUPTED, NEWER);
    // Files are missing, or Derby stumbles over what it reads.
    private static final Set<String> DAMAGE = Set.of("XBM0A", "XBM0F", "XJ004", "XJ001", "XCZ00");
    // What the system says when it is not the database that is broken.
    private static final Set<String> SYSTEM = Set.of("Permission denied", "Access is denied", "Too many open files",
            "Read-only file system");
    private static final Set<String> FULL = Set.of("No space left", "not enough space on the disk",
            "Disk quota exceeded");

    private SqlErrors() {
    }

    /** Returns whether the connection died, as it does when its thread is interrupted; a new one may well do. */
    static boolean isLost(SQLException e) {
        return any(e, found -> INTERRUPTED.equals(state(found)) || state(found).startsWith("08"));
    }

    /** Says what an error means for the database in a directory. */
    static TreeStoreException translate(Path directory, SQLException e) {
        if (any(e, found -> IN_USE.equals(state(found)))) {
            return inUse(directory, e);
        }
        if (any(e, found -> says(found, FULL))) {
            return failed("The disk with the device's database in " + directory + " is full; make room there", e);
        }
        if (any(e, found -> NEWER.equals(state(found)))) {
            return failed("The device's database in " + directory
                    + " was written by a newer version of Tidebox; use that version", e);
        }
        if (any(e, SqlErrors::isDamage)
                && !any(e, found -> found instanceof VirtualMachineError || says(found, SYSTEM))) {
            return damaged(directory, e);
        }
        return failed("The device's database in " + directory + " failed: " + detail(e), e);
    }

    static TreeStoreException inUse(Path directory, Throwable cause) {
        return new TreeStoreException(Reason.LOCKED, "The device's database in " + directory
                + " is in use by another process; stop that one first, or use another directory", cause);
    }

    static TreeStoreException damaged(Path directory, Throwable cause) {
        return new TreeStoreException(Reason.DAMAGED, "The device's database in " + directory + " is damaged ("
                + detail(cause)
                + "). At its next start Tidebox moves this directory aside and builds the database anew from"
                + " the folders and the server; your files are not touched", cause);
    }

    private static TreeStoreException failed(String message, SQLException e) {
        return new TreeStoreException(Reason.FAILED, message, e);
    }

    private static boolean isDamage(Throwable found) {
        String state = state(found);
        return DAMAGE.contains(state) || state.startsWith(STORE) && !NOT_WRITTEN.contains(state);
    }

    private static boolean any(SQLException e, Predicate<Throwable> condition) {
        return StreamSupport.stream(e.spliterator(), false).anyMatch(condition);
    }

    private static boolean says(Throwable found, Set<String> texts) {
        String message = String.valueOf(found.getMessage());
        return texts.stream().anyMatch(message::contains);
    }

    private static String state(Throwable error) {
        if (error instanceof SQLException sql) {
            return String.valueOf(sql.getSQLState());
        }
        Matcher derby = DERBY_ERROR.matcher(error.toString());
        return derby.matches() ? derby.group(1) : "";
    }

    /** Returns the first line of what the innermost cause says. */
    private static String detail(Throwable error) {
        Throwable last = error;
        if (error instanceof SQLException sql) {
            for (Throwable found : sql) {
                last = found;
            }
        }
        String line = last.toString().lines().findFirst().orElse("");
        return line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) + "…" : line;
    }
}
