package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Node;

/** The nodes of one page: rows are read until there are enough of them or they are heavy enough. */
final class PageRows {
    /** So many rows are looked up at once: with the heaviest ones, not more than a page. */
    private static final int LOOK_UP = 64;
    private static final String PARAMETERS = String.join(", ", Collections.nCopies(LOOK_UP, "?"));

    private final List<Node> nodes = new ArrayList<>();
    private final int limit;
    private long weight;

    PageRows(int limit) {
        this.limit = limit;
    }

    /** Reads on with a query whose last parameter is for how many rows there is room; returns how many it gave. */
    int read(SqlSession session, String sql, Object... arguments) throws SQLException {
        int before = nodes.size();
        Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = limit - before;
        session.forEach(sql, NodeRows::read, node -> {
            nodes.add(node);
            weight += node.weight();
            return !isFull();
        }, all);
        return nodes.size() - before;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Returns whether there may be more than what was read. */
    boolean isFull() {
        return nodes.size() >= limit || weight >= ChangePage.MAX_WEIGHT;
    }

    /** Returns the highest of some sequences that a query gives in rising order, highest first. */
    static List<Long> highest(SqlSession session, int limit, String sql, Object... arguments) throws SQLException {
        Deque<Long> highest = new ArrayDeque<>();
        session.forEach(sql, row -> row.getLong(1), sequence -> {
            highest.addFirst(sequence);
            if (highest.size() > limit) {
                highest.removeLast();
            }
            return true;
        }, arguments);
        return List.copyOf(highest);
    }

    /** Returns the versions of some sequences in their order, as many as make a page. */
    static List<NodeVersion> versions(SqlSession session, long library, List<Long> sequences) throws SQLException {
        List<NodeVersion> page = new ArrayList<>();
        long weight = 0;
        for (int from = 0; from < sequences.size() && weight < ChangePage.MAX_WEIGHT; from += LOOK_UP) {
            List<Long> some = sequences.subList(from, Math.min(from + LOOK_UP, sequences.size()));
            Map<Long, NodeVersion> found = find(session, library, some);
            for (int i = 0; i < some.size() && weight < ChangePage.MAX_WEIGHT; i++) {
                NodeVersion version = found.get(some.get(i));
                if (version != null) {
                    page.add(version);
                    weight += version.node().weight();
                }
            }
        }
        return page;
    }

    /** Returns what those of some versions weigh that meet a condition. */
    static long weight(SqlSession session, long library, Collection<Long> sequences, String condition)
            throws SQLException {
        List<Long> all = List.copyOf(sequences);
        long weight = 0;
        for (int from = 0; from < all.size(); from += LOOK_UP) {
            weight += session.one("SELECT COALESCE(SUM(CAST(v.weight AS BIGINT)), 0) FROM versions v"
                    + session.dialect().via("VERSIONS_KEY") + "WHERE v.library = ? AND v.sequence IN (" + PARAMETERS
                    + ") AND " + condition, row -> row.getLong(1),
                    arguments(library, all.subList(from, Math.min(from + LOOK_UP, all.size())))).orElse(0L);
        }
        return weight;
    }

    private static Object[] arguments(long library, List<Long> sequences) {
        Object[] arguments = new Object[1 + LOOK_UP];
        arguments[0] = library;
        for (int i = 0; i < LOOK_UP; i++) {
            arguments[1 + i] = sequences.get(Math.min(i, sequences.size() - 1));
        }
        return arguments;
    }

    private static Map<Long, NodeVersion> find(SqlSession session, long library, List<Long> sequences)
            throws SQLException {
        Map<Long, NodeVersion> found = new HashMap<>();
        session.list("SELECT " + NodeRows.COLUMNS + " FROM versions v" + session.dialect().via("VERSIONS_KEY")
                + "WHERE v.library = ? AND v.sequence IN (" + PARAMETERS + ")", NodeRows::readVersion,
                arguments(library, sequences))
                .forEach(version -> found.put(version.node().sequence(), version));
        return found;
    }
}
