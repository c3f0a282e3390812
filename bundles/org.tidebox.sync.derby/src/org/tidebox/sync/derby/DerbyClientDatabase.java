package org.tidebox.sync.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.tidebox.sync.device.ActivityEntry;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.LibraryId;

/** Sync folders and settings in the device's database. */
final class DerbyClientDatabase implements ClientDatabase {
    private final Database database;
    private final Map<FolderId, DerbyTreeStore> trees = new ConcurrentHashMap<>();
    private final int few;
    private final Settler settler;

    /**
     * Wraps a database.
     *
     * @param few updates of so many rows are written out at once
     * @param rest how long nobody must have written before larger ones are
     */
    DerbyClientDatabase(Database database, int few, Duration rest) {
        this.database = database;
        this.few = few;
        this.settler = new Settler(rest);
    }

    @Override
    public TreeStore trees(FolderId folder) {
        return treesOf(folder);
    }

    @Override
    public List<FolderDefinition> folders() throws TreeStoreException {
        return database.read(
                session -> session.list(
                        "SELECT id, root, library, library_name, paused, xattrs FROM folders ORDER BY number",
                        DerbyClientDatabase::readFolder));
    }

    @Override
    public void putFolder(FolderDefinition folder) throws TreeStoreException {
        Object[] values = {folder.root(), folder.library().toBytes(), folder.libraryName(), folder.paused(),
                folder.keepsExtended(), folder.id().value()};
        change(session -> {
            if (session.update("UPDATE folders SET root = ?, library = ?, library_name = ?, paused = ?, xattrs = ?"
                    + " WHERE id = ?", values) == 0) {
                session.update("INSERT INTO folders (root, library, library_name, paused, xattrs, id)"
                        + " VALUES (?, ?, ?, ?, ?, ?)", values);
            }
        });
    }

    @Override
    public void removeFolder(FolderId folder) throws TreeStoreException {
        change(session -> {
            session.update("DELETE FROM folders WHERE id = ?", folder.value());
            treesOf(folder).clear(session);
        });
    }

    @Override
    public Map<String, String> settings() throws TreeStoreException {
        return database.read(session -> session
                .list("SELECT name, content FROM settings", row -> Map.entry(row.getString(1), row.getString(2)))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Optional<String> setting(String key) throws TreeStoreException {
        return database.read(
                session -> session.one("SELECT content FROM settings WHERE name = ?", row -> row.getString(1), key));
    }

    @Override
    public void putSetting(String key, String value) throws TreeStoreException {
        change(session -> {
            session.update("DELETE FROM settings WHERE name = ?", key);
            if (value != null) {
                session.update("INSERT INTO settings (name, content) VALUES (?, ?)", key, value);
            }
        });
    }

    @Override
    public void addActivity(List<ActivityEntry> entries, int keep) throws TreeStoreException {
        change(session -> {
            for (ActivityEntry entry : entries) {
                session.update("INSERT INTO activity (number, done, directory, action, path, upload, bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)", entry.number(), entry.time().toEpochMilli(),
                        entry.directory(), entry.step().action().name(), entry.step().path(), entry.step().upload(),
                        entry.step().bytes());
            }
            session.update("DELETE FROM activity WHERE number <= ?", entries.getLast().number() - keep);
        });
    }

    @Override
    public List<ActivityEntry> activity(long before, int most) throws TreeStoreException {
        return database.read(session -> session.list(
                "SELECT number, done, directory, action, path, upload, bytes FROM activity WHERE number < ?"
                        + " ORDER BY number DESC FETCH FIRST " + most + " ROWS ONLY",
                DerbyClientDatabase::readActivity, before == 0 ? Long.MAX_VALUE : before));
    }

    @Override
    public void close() {
        settler.close();
        database.close();
    }

    private DerbyTreeStore treesOf(FolderId folder) {
        return trees.computeIfAbsent(folder, id -> new DerbyTreeStore(database, id, few, settler::postponed));
    }

    /** What a change does in its transaction. */
    @FunctionalInterface
    private interface Change {
        void make(Session session) throws SQLException;
    }

    private void change(Change change) throws TreeStoreException {
        database.write(session -> {
            change.make(session);
            return true;
        }, done -> {
        });
    }

    private static ActivityEntry readActivity(ResultSet row) throws SQLException {
        return new ActivityEntry(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3),
                new DoneStep(DoneStep.Action.valueOf(row.getString(4)), row.getString(5), row.getBoolean(6),
                        row.getLong(7)));
    }

    private static FolderDefinition readFolder(ResultSet row) throws SQLException {
        return new FolderDefinition(new FolderId(row.getString(1)), row.getString(2), new LibraryId(row.getBytes(3)),
                row.getString(4), row.getBoolean(5), row.getBoolean(6));
    }
}
