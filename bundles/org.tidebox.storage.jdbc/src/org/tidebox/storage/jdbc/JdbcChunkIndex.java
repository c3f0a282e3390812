package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkIndex;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;

/** Which chunks lie where, in the table {@code chunks}. */
record JdbcChunkIndex(Database database) implements ChunkIndex {
    @Override
    public Set<ChunkId> missing(long account, Collection<ChunkId> ids) throws StorageException {
        Set<ChunkId> missing = new HashSet<>(ids);
        missing.removeAll(database.call(session -> new HashSet<>(InLists.query(session,
                "SELECT id FROM chunks" + session.dialect().via("CHUNKS_KEY")
                        + "WHERE account = ? AND unused_since IS NULL AND damaged_since IS NULL AND id IN %s",
                ChunkRows.keys(missing), row -> new ChunkId(row.getBytes(1)), account))));
        return missing;
    }

    @Override
    public Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) throws StorageException {
        return database.call(session -> ChunkRows.find(session, account, ids));
    }

    @Override
    public Map<ChunkId, StoredChunk> claim(long account, Collection<ChunkId> ids) throws StorageException {
        return database.call(session -> {
            Map<ChunkId, IndexedChunk> found = ChunkRows.findIndexed(session, account, ids);
            if (!unusedAmong(found).isEmpty()) {
                // Nothing is freed while the account is locked; what was freed before is not found any more.
                ChunkRows.lock(session, account);
                found = ChunkRows.findIndexed(session, account, ids);
                claimUnused(session, account, unusedAmong(found));
            }
            return some(found, chunk -> chunk.damagedSince() == null);
        });
    }

    @Override
    public void add(long account, List<StoredChunk> chunks) throws StorageException {
        Map<ChunkId, StoredChunk> wanted = new LinkedHashMap<>();
        chunks.forEach(chunk -> wanted.merge(chunk.id(), chunk, JdbcChunkIndex::join));
        // Mostly all are new, and nothing has to be looked up; where one is there, the database begins anew.
        AtomicBoolean allNew = new AtomicBoolean(true);
        database.call(session -> {
            // Two who add the same chunk at once must not count it twice.
            ChunkRows.lock(session, account);
            return allNew.getAndSet(false)
                    ? insert(session, account, wanted.values())
                    : merge(session, account, wanted);
        });
    }

    private static int insert(SqlSession session, long account, Collection<StoredChunk> chunks) throws SQLException {
        ChunkRows.insert(session, account, chunks);
        return use(session, account, length(chunks));
    }

    private static int merge(SqlSession session, long account, Map<ChunkId, StoredChunk> wanted) throws SQLException {
        Map<ChunkId, IndexedChunk> there = ChunkRows.findIndexed(session, account, wanted.keySet());
        claimUnused(session, account, unusedAmong(there));
        Map<ChunkId, StoredChunk> known = some(there, chunk -> chunk.damagedSince() == null);
        Map<ChunkId, StoredChunk> damaged = some(there, chunk -> chunk.damagedSince() != null);
        List<StoredChunk> fresh = wanted.values().stream().filter(chunk -> !known.containsKey(chunk.id())).toList();
        ChunkRows.delete(session, account, damaged.keySet());
        ChunkRows.insert(session, account, fresh.stream().map(chunk -> damaged.containsKey(chunk.id())
                ? join(chunk, damaged.get(chunk.id()))
                : chunk).toList());
        raise(session, account, wanted, known);
        return use(session, account, length(fresh) - length(damaged.values()));
    }

    private static int use(SqlSession session, long account, long more) throws SQLException {
        return session.update("UPDATE accounts SET used = used + ? WHERE id = ?", more, account);
    }

    private static long length(Collection<StoredChunk> chunks) {
        return chunks.stream().mapToLong(chunk -> chunk.place().length()).sum();
    }

    private static List<StoredChunk> unusedAmong(Map<ChunkId, IndexedChunk> chunks) {
        return List.copyOf(some(chunks, chunk -> chunk.unusedSince() != null).values());
    }

    private static Map<ChunkId, StoredChunk> some(Map<ChunkId, IndexedChunk> chunks, Predicate<IndexedChunk> which) {
        return chunks.values().stream().filter(which).map(IndexedChunk::chunk)
                .collect(Collectors.toMap(StoredChunk::id, chunk -> chunk));
    }

    private static void claimUnused(SqlSession session, long account, List<StoredChunk> unused) throws SQLException {
        session.batch("UPDATE chunks SET unused_since = NULL WHERE id = ? AND account = ?",
                ChunkRows.rows(account, unused.stream().map(StoredChunk::id).toList()));
        if (unused.stream().anyMatch(chunk -> chunk.level() > 0)) {
            // What such a list names was marked before as if the list were to go.
            session.update("UPDATE accounts SET claims = claims + 1 WHERE id = ?", account);
        }
    }

    /** Raises the levels of known chunks to those that are wanted. */
    static void raise(SqlSession session, long account, Map<ChunkId, StoredChunk> wanted,
            Map<ChunkId, StoredChunk> known)
            throws SQLException {
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
    static StoredChunk join(StoredChunk first, StoredChunk second) {
        StoredChunk higher = second.level() > first.level() ? second : first;
        return new StoredChunk(first.id(), first.place(), first.rawLength(), higher.level(), higher.contentLength());
    }
}
