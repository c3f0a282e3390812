package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Looks up many keys with few queries: {@code IN} lists of a few fixed lengths, so that the database has seen each
 * statement before; the last list is filled up with its last key.
 */
final class InLists {
    private static final int SHORT = 8;
    private static final int LONG = 256;

    private InLists() {
    }

    /**
     * Runs the query for all keys.
     *
     * @param sql with one {@code %s} where the list belongs, which must be its last parameter
     * @param before the arguments in front of the list
     */
    static <R> List<R> query(SqlSession session, String sql, Collection<byte[]> keys, SqlSession.Row<R> row,
            Object... before)
            throws SQLException {
        List<byte[]> all = List.copyOf(keys);
        List<R> found = new ArrayList<>(all.size());
        for (int from = 0; from < all.size();) {
            int rest = all.size() - from;
            int length = rest == 1 ? 1 : rest <= SHORT ? SHORT : LONG;
            Object[] arguments = arguments(all.subList(from, from + Math.min(rest, length)), length, before);
            found.addAll(session.list(sql.formatted(list(length)), row, arguments));
            from += length;
        }
        return found;
    }

    private static Object[] arguments(List<byte[]> keys, int length, Object... before) {
        Object[] arguments = new Object[before.length + length];
        System.arraycopy(before, 0, arguments, 0, before.length);
        for (int i = 0; i < length; i++) {
            arguments[before.length + i] = keys.get(Math.min(i, keys.size() - 1));
        }
        return arguments;
    }

    private static String list(int length) {
        return "(?" + ", ?".repeat(length - 1) + ")";
    }
}
