package org.tidebox.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;

/** Chunks as rows of the table {@code chunks}. */
final class ChunkRows {
    /** What {@link #read} expects. */
    static final String COLUMNS = "id, pack, position, length, raw_length, level, content_length";
    private static final String INSERT = "INSERT INTO chunks (" + COLUMNS
            + ", account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private ChunkRows() {
    }

    static StoredChunk read(ResultSet row) throws SQLException {
        return new StoredChunk(new ChunkId(row.getBytes(1)),
                new PackPlace(row.getString(2), row.getLong(3), row.getInt(4)),
                row.getInt(5), row.getInt(6), row.getLong(7));
    }

    /** Reads a row of {@link #COLUMNS}, {@code unused_since} and {@code damaged_since}. */
    static IndexedChunk readIndexed(ResultSet row) throws SQLException {
        return new IndexedChunk(read(row), time(row, 8), time(row, 9));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        long time = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(time);
    }

    /** Finds an account's chunks that are not known to be damaged, in a few queries. */
    static Map<ChunkId, StoredChunk> find(SqlSession session, long account, Collection<ChunkId> ids)
            throws SQLException {
        return find(session, account, "AND damaged_since IS NULL ", ids);
    }

    /** Finds an account's chunks, damaged or not. */
    static Map<ChunkId, StoredChunk> findAll(SqlSession session, long account, Collection<ChunkId> ids)
            throws SQLException {
        return find(session, account, "", ids);
    }

    /** Finds an account's chunks, used or not, damaged or not. */
    static Map<ChunkId, IndexedChunk> findIndexed(SqlSession session, long account, Collection<ChunkId> ids)
            throws SQLException {
        String sql = "SELECT " + COLUMNS + ", unused_since, damaged_since FROM chunks"
                + session.dialect().via("CHUNKS_KEY") + "WHERE account = ? AND id IN %s";
        Map<ChunkId, IndexedChunk> found = new HashMap<>();
        for (IndexedChunk row : InLists.query(session, sql, keys(ids), ChunkRows::readIndexed, account)) {
            found.put(row.chunk().id(), row);
        }
        return found;
    }

    private static Map<ChunkId, StoredChunk> find(SqlSession session, long account, String which,
            Collection<ChunkId> ids) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM chunks" + session.dialect().via("CHUNKS_KEY")
                + "WHERE account = ? " + which + "AND id IN %s";
        Map<ChunkId, StoredChunk> found = new HashMap<>();
        for (StoredChunk chunk : InLists.query(session, sql, keys(ids), ChunkRows::read, account)) {
            found.put(chunk.id(), chunk);
        }
        return found;
    }

    static void insert(SqlSession session, long account, Collection<StoredChunk> chunks) throws SQLException {
        session.batch(INSERT, chunks.stream()
                .map(chunk -> new Object[]{chunk.id().toBytes(), chunk.place().pack(), chunk.place().offset(),
                        chunk.place().length(), chunk.rawLength(), chunk.level(), chunk.contentLength(), account})
                .toList());
    }

    static void delete(SqlSession session, long account, Collection<ChunkId> ids) throws SQLException {
        session.batch("DELETE FROM chunks WHERE id = ? AND account = ?", rows(account, ids));
    }

    /** Returns a row (id, account) for each chunk. */
    static List<Object[]> rows(long account, Collection<ChunkId> ids) {
        return ids.stream().sorted().map(id -> new Object[]{id.toBytes(), account}).toList();
    }

    /** Locks an account until the transaction ends. */
    static void lock(SqlSession session, long account) throws SQLException, StorageException {
        if (session.update("UPDATE accounts SET used = used WHERE id = ?", account) == 0) {
            throw new StorageException("There is no account " + account, true, null);
        }
    }

    /** In order, so that neighbours on a page of the index are read one after the other. */
    static List<byte[]> keys(Collection<ChunkId> ids) {
        return new HashSet<>(ids).stream().sorted().map(ChunkId::toBytes).toList();
    }
}
