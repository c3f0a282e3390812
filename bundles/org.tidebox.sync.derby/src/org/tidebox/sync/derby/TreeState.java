package org.tidebox.sync.derby;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.derby.TreeTable.Growth;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore.Differences;
import org.tidebox.sync.device.TreeUpdate;

/**
 * What is known about a folder's trees as a whole.
 *
 * @param tree their number, {@link #NONE} if nothing was written yet
 * @param cursor up to which sequence the journal has been read
 * @param synced how many agreed nodes there are
 * @param differences how many differ
 */
record TreeState(int tree, long cursor, long synced, Differences differences) {
    /** The number of no tree. */
    static final int NONE = -1;
    private static final String SELECT = "SELECT number, pulled FROM trees WHERE id = ?";

    /** Reads and counts. */
    static TreeState read(Session session, FolderId folder) throws SQLException {
        Optional<TreeState> found = session.one(SELECT, row -> empty(row.getInt(1), row.getLong(2)), folder.value());
        if (found.isEmpty()) {
            return empty(NONE, 0);
        }
        int tree = found.get().tree;
        return found.get().grown(TreeTable.SYNCED.count(session, tree), TreeTable.LOCAL.count(session, tree),
                TreeTable.REMOTE.count(session, tree));
    }

    boolean differsLocally() {
        return differences.local() > 0;
    }

    boolean differsRemotely() {
        return differences.remote() > 0;
    }

    /** Writes an update, and returns how it is then. */
    TreeState write(Session session, FolderId folder, TreeUpdate update) throws SQLException {
        TreeState state = writeFacts(session, folder, update);
        return state.grown(TreeTable.SYNCED.write(session, state.tree, update.synced(), synced > 0),
                TreeTable.LOCAL.write(session, state.tree, update.local(), differsLocally()),
                TreeTable.REMOTE.write(session, state.tree, update.remote(), differsRemotely()));
    }

    /** Writes facts and cursor of an update. */
    TreeState writeFacts(Session session, FolderId folder, TreeUpdate update) throws SQLException {
        TreeState state = tree == NONE ? create(session, folder) : this;
        writeFacts(session, state.tree, update.facts());
        if (update.cursor().isPresent()) {
            session.update("UPDATE trees SET pulled = ? WHERE number = ?", update.cursor().getAsLong(), state.tree);
            return state.withCursor(update.cursor().getAsLong());
        }
        return state;
    }

    /** Returns the number and the cursor of another state with the counts of this one. */
    TreeState in(TreeState other) {
        return new TreeState(other.tree, other.cursor, synced, differences);
    }

    private TreeState withCursor(long pulled) {
        return new TreeState(tree, pulled, synced, differences);
    }

    /** Removes all that a folder's trees hold. */
    void clear(Session session) throws SQLException {
        if (tree != NONE) {
            TreeTable.SYNCED.clear(session, tree);
            TreeTable.LOCAL.clear(session, tree);
            TreeTable.REMOTE.clear(session, tree);
            RecentUpdates.clear(session, tree);
            session.update("DELETE FROM facts WHERE tree = ?", tree);
            session.update("DELETE FROM trees WHERE number = ?", tree);
        }
    }

    private static void writeFacts(Session session, int tree, Map<String, Optional<String>> facts) throws SQLException {
        for (Map.Entry<String, Optional<String>> fact : facts.entrySet()) {
            session.update("DELETE FROM facts WHERE name = ? AND tree = ?", fact.getKey(), tree);
            if (fact.getValue().isPresent()) {
                session.update("INSERT INTO facts (name, tree, content) VALUES (?, ?, ?)", fact.getKey(), tree,
                        fact.getValue().get());
            }
        }
    }

    private static TreeState create(Session session, FolderId folder) throws SQLException {
        session.update("INSERT INTO trees (id, pulled) VALUES (?, 0)", folder.value());
        return session.one(SELECT, row -> empty(row.getInt(1), row.getLong(2)), folder.value()).orElseThrow();
    }

    private static TreeState empty(int tree, long cursor) {
        return new TreeState(tree, cursor, 0, new Differences(0, 0, 0, 0));
    }

    TreeState grown(Growth moreSynced, Growth local, Growth remote) {
        Differences sum = new Differences(differences.local() + local.rows(), differences.remote() + remote.rows(),
                differences.localDeleted() + local.deleted(), differences.remoteDeleted() + remote.deleted());
        return new TreeState(tree, cursor, synced + moreSynced.rows(), sum);
    }
}
