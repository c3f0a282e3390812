package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkMove;
import org.tidebox.storage.chunks.ChunkUpkeep;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.PackUse;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.chunks.SweepGuard;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;

/** The table {@code chunks} from end to end. */
record JdbcChunkUpkeep(Database database) implements ChunkUpkeep {
    private static final String ORDER = " ORDER BY account, pack, position FETCH FIRST ? ROWS ONLY";
    private static final String SUM = "SELECT COALESCE(SUM(CAST(length AS BIGINT)), 0) FROM chunks WHERE account = ?";

    @Override
    public List<IndexedChunk> page(long account, PackPlace after, int limit) throws StorageException {
        return page(account, "", after, limit);
    }

    @Override
    public List<IndexedChunk> page(long account, int level, PackPlace after, int limit) throws StorageException {
        return page(account, "AND level = " + level + " ", after, limit);
    }

    private List<IndexedChunk> page(long account, String which, PackPlace after, int limit) throws StorageException {
        return database.call(session -> {
            String sql = "SELECT " + ChunkRows.COLUMNS + ", unused_since, damaged_since FROM chunks"
                    + session.dialect().viaIndex("CHUNKS_PLACE") + "WHERE account = ? " + which;
            if (after == null) {
                return session.list(sql + ORDER, ChunkRows::readIndexed, account, limit);
            }
            List<IndexedChunk> found = new ArrayList<>(session.list(sql + "AND pack = ? AND position > ?" + ORDER,
                    ChunkRows::readIndexed, account, after.pack(), after.offset(), limit));
            if (found.size() < limit) {
                found.addAll(session.list(sql + "AND pack > ?" + ORDER, ChunkRows::readIndexed, account, after.pack(),
                        limit - found.size()));
            }
            return found;
        });
    }

    @Override
    public Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) throws StorageException {
        return database.call(session -> ChunkRows.findAll(session, account, ids));
    }

    @Override
    public int highestLevel(long account) throws StorageException {
        return database.call(session -> session.one("SELECT COALESCE(MAX(level), 0) FROM chunks WHERE account = ?",
                row -> row.getInt(1), account).orElse(0));
    }

    @Override
    public long count(long account) throws StorageException {
        return database.call(session -> session.one("SELECT COUNT(*) FROM chunks WHERE account = ?",
                row -> row.getLong(1), account).orElse(0L));
    }

    @Override
    public List<PackUse> packs(long account) throws StorageException {
        return database.call(session -> session.list(
                "SELECT pack, COUNT(*), SUM(CAST(length AS BIGINT)) FROM chunks"
                        + session.dialect().viaIndex("CHUNKS_PLACE")
                        + "WHERE account = ? GROUP BY pack ORDER BY pack",
                row -> new PackUse(row.getString(1), row.getLong(2), row.getLong(3)), account));
    }

    @Override
    public SweepGuard guard(long account) throws StorageException {
        return database.call(session -> guard(session, account));
    }

    @Override
    public void markUnused(long account, Collection<ChunkId> ids, Instant since) throws StorageException {
        database.call(session -> session.batch(
                "UPDATE chunks SET unused_since = ? WHERE id = ? AND account = ? AND unused_since IS NULL",
                ids.stream().sorted().map(id -> new Object[]{since.toEpochMilli(), id.toBytes(), account}).toList()));
    }

    @Override
    public void markUsed(long account, Collection<ChunkId> ids) throws StorageException {
        database.call(session -> session.batch("UPDATE chunks SET unused_since = NULL WHERE id = ? AND account = ?",
                ChunkRows.rows(account, ids)));
    }

    @Override
    public OptionalLong free(long account, Collection<ChunkId> ids, Instant cutoff, SweepGuard guard)
            throws StorageException {
        return database.call(session -> {
            ChunkRows.lock(session, account);
            session.update("UPDATE libraries SET head = head WHERE account = ?", account);
            if (!guard(session, account).equals(guard)) {
                return OptionalLong.empty();
            }
            String sql = "SELECT " + ChunkRows.COLUMNS + " FROM chunks" + session.dialect().via("CHUNKS_KEY")
                    + "WHERE account = ? AND unused_since <= ? AND id IN %s";
            List<StoredChunk> gone = InLists.query(session, sql, ChunkRows.keys(ids), ChunkRows::read, account,
                    cutoff.toEpochMilli());
            ChunkRows.delete(session, account, gone.stream().map(StoredChunk::id).toList());
            long bytes = gone.stream().mapToLong(chunk -> chunk.place().length()).sum();
            session.update("UPDATE accounts SET used = used - ? WHERE id = ?", bytes, account);
            return OptionalLong.of(bytes);
        });
    }

    @Override
    public void move(long account, List<ChunkMove> moves) throws StorageException {
        database.call(session -> {
            boolean resized = moves.stream().anyMatch(move -> move.from().length() != move.to().length());
            if (resized) {
                // Before the chunks, as everybody does who changes both.
                ChunkRows.lock(session, account);
            }
            int moved = session.batch("UPDATE chunks SET pack = ?, position = ?, length = ?"
                    + " WHERE id = ? AND account = ? AND pack = ? AND position = ?",
                    moves.stream().map(move -> new Object[]{move.to().pack(), move.to().offset(), move.to().length(),
                            move.id().toBytes(), account, move.from().pack(), move.from().offset()}).toList());
            if (!resized) {
                return 0;
            }
            return moved == moves.size() ? add(session, account, moves) : recount(session, account);
        });
    }

    private static int add(SqlSession session, long account, List<ChunkMove> moves) throws SQLException {
        long more = moves.stream().mapToLong(move -> move.to().length() - move.from().length()).sum();
        return session.update("UPDATE accounts SET used = used + ? WHERE id = ?", more, account);
    }

    @Override
    public void replace(long account, List<StoredChunk> chunks) throws StorageException {
        Map<ChunkId, StoredChunk> wanted = byId(chunks);
        database.call(session -> {
            ChunkRows.delete(session, account, wanted.keySet());
            ChunkRows.insert(session, account, wanted.values());
            return null;
        });
    }

    @Override
    public void raise(long account, List<StoredChunk> chunks) throws StorageException {
        Map<ChunkId, StoredChunk> wanted = byId(chunks);
        database.call(session -> {
            JdbcChunkIndex.raise(session, account, wanted, ChunkRows.findAll(session, account, wanted.keySet()));
            return null;
        });
    }

    @Override
    public long sum(long account) throws StorageException {
        return database.call(session -> session.one(SUM, row -> row.getLong(1), account).orElse(0L));
    }

    @Override
    public void recount(long account) throws StorageException {
        database.call(session -> recount(session, account));
    }

    private static int recount(SqlSession session, long account) throws SQLException, StorageException {
        ChunkRows.lock(session, account);
        long sum = session.one(SUM, row -> row.getLong(1), account).orElse(0L);
        session.update("UPDATE libraries SET used = (SELECT COALESCE(SUM(CAST(v.weight AS BIGINT)), 0) FROM versions v"
                + " WHERE v.library = libraries.number) + (SELECT COALESCE(SUM(CAST(c.weight AS BIGINT)), 0)"
                + " FROM commits c WHERE c.library = libraries.number) WHERE account = ?", account);
        return session.update("UPDATE accounts SET used = ? WHERE id = ?", sum, account);
    }

    @Override
    public void recreate() throws StorageException {
        String script = Migrations.read("chunks.sql");
        database.call(session -> {
            if (session.hasTable("chunks")) {
                session.script("DROP TABLE chunks");
            }
            session.script(session.dialect().translate(script));
            return null;
        });
    }

    private static SweepGuard guard(SqlSession session, long account) throws SQLException {
        Map<LibraryId, Long> heads = new HashMap<>();
        session.list("SELECT id, head FROM libraries WHERE account = ?",
                row -> heads.put(new LibraryId(row.getBytes(1)), row.getLong(2)), account);
        long claims = session.one("SELECT claims FROM accounts WHERE id = ?", row -> row.getLong(1), account)
                .orElse(0L);
        return new SweepGuard(heads, claims);
    }

    private static Map<ChunkId, StoredChunk> byId(List<StoredChunk> chunks) {
        Map<ChunkId, StoredChunk> found = new LinkedHashMap<>();
        chunks.forEach(chunk -> found.merge(chunk.id(), chunk, JdbcChunkIndex::join));
        return found;
    }
}
