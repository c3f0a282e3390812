package org.tidebox.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.ChunkIndex;
import org.tidebox.storage.PackPlace;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoredChunk;
import org.tidebox.tree.ChunkId;

/** Which chunks lie where, in the table {@code chunks}. */
record JdbcChunkIndex(Database database) implements ChunkIndex {
    @Override
    public Set<ChunkId> missing(long account, Collection<ChunkId> ids) throws StorageException {
        Set<ChunkId> missing = new HashSet<>(ids);
        missing.removeAll(database.call(session -> new HashSet<>(InLists.query(session,
                "SELECT id FROM chunks" + session.dialect().via("CHUNKS_KEY") + "WHERE account = ? AND id IN %s",
                keys(missing), row -> new ChunkId(row.getBytes(1)), account))));
        return missing;
    }

    @Override
    public Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) throws StorageException {
        return database.call(session -> find(session, account, new HashSet<>(ids)));
    }

    @Override
    public void add(long account, List<StoredChunk> chunks) throws StorageException {
        Map<ChunkId, StoredChunk> wanted = new LinkedHashMap<>();
        chunks.forEach(chunk -> wanted.merge(chunk.id(), chunk, JdbcChunkIndex::join));
        database.call(session -> {
            // Locks the account: two who add the same chunk at once must not count it twice.
            if (session.update("UPDATE accounts SET used = used WHERE id = ?", account) == 0) {
                throw new StorageException("There is no account " + account, true, null);
            }
            Map<ChunkId, StoredChunk> known = find(session, account, wanted.keySet());
            long added = insert(session, account, wanted.values().stream().filter(c -> !known.containsKey(c.id()))
                    .toList());
            raise(session, account, wanted, known);
            return session.update("UPDATE accounts SET used = used + ? WHERE id = ?", added, account);
        });
    }

    private static Map<ChunkId, StoredChunk> find(Session session, long account, Set<ChunkId> ids) throws SQLException {
        String sql = "SELECT id, pack, position, length, raw_length, level, content_length FROM chunks"
                + session.dialect().via("CHUNKS_KEY") + "WHERE account = ? AND id IN %s";
        Map<ChunkId, StoredChunk> found = new HashMap<>();
        for (StoredChunk chunk : InLists.query(session, sql, keys(ids), JdbcChunkIndex::read, account)) {
            found.put(chunk.id(), chunk);
        }
        return found;
    }

    private static long insert(Session session, long account, List<StoredChunk> chunks) throws SQLException {
        List<Object[]> rows = new ArrayList<>(chunks.size());
        long bytes = 0;
        for (StoredChunk chunk : chunks) {
            rows.add(new Object[]{chunk.id().toBytes(), account, chunk.place().pack(), chunk.place().offset(),
                    chunk.place().length(), chunk.rawLength(), chunk.level(), chunk.contentLength()});
            bytes += chunk.place().length();
        }
        session.batch("INSERT INTO chunks (id, account, pack, position, length, raw_length, level, content_length)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows);
        return bytes;
    }

    private static void raise(Session session, long account, Map<ChunkId, StoredChunk> wanted,
            Map<ChunkId, StoredChunk> known) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (StoredChunk old : known.values()) {
            StoredChunk chunk = wanted.get(old.id());
            if (chunk.level() > old.level()) {
                rows.add(new Object[]{chunk.level(), chunk.contentLength(), chunk.id().toBytes(), account});
            }
        }
        session.batch("UPDATE chunks SET level = ?, content_length = ? WHERE id = ? AND account = ?", rows);
    }

    /** Joins what a caller says twice of the same chunk: the first place, the higher level. */
    private static StoredChunk join(StoredChunk first, StoredChunk second) {
        StoredChunk higher = second.level() > first.level() ? second : first;
        return new StoredChunk(first.id(), first.place(), first.rawLength(), higher.level(), higher.contentLength());
    }

    private static StoredChunk read(ResultSet row) throws SQLException {
        return new StoredChunk(new ChunkId(row.getBytes(1)),
                new PackPlace(row.getString(2), row.getLong(3), row.getInt(4)),
                row.getInt(5), row.getInt(6), row.getLong(7));
    }

    private static List<byte[]> keys(Set<ChunkId> ids) {
        // In order, so that neighbours on a page of the index are read one after the other.
        return ids.stream().sorted().map(ChunkId::toBytes).toList();
    }
}
