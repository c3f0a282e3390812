package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.DamageRecord;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.chunks.WantedContent;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;

/** Damage in the column {@code damaged_since} of the chunks and in the table {@code wanted}. */
record JdbcDamageRecord(Database database) implements DamageRecord {
    private static final String AT_PLACE = " WHERE id = ? AND account = ? AND pack = ? AND position = ?";

    @Override
    public int mark(long account, Collection<StoredChunk> chunks, Instant since) throws StorageException {
        return database.call(session -> {
            // Two who meet the same damage at once must not both count it as new.
            ChunkRows.lock(session, account);
            return session.batch("UPDATE chunks SET damaged_since = " + since.toEpochMilli() + AT_PLACE
                    + " AND damaged_since IS NULL", rows(account, chunks));
        });
    }

    @Override
    public void clear(long account, Collection<StoredChunk> chunks) throws StorageException {
        database.call(session -> session.batch("UPDATE chunks SET damaged_since = NULL" + AT_PLACE,
                rows(account, chunks)));
    }

    @Override
    public void want(long account, Collection<WantedContent> contents) throws StorageException {
        database.call(session -> {
            ChunkRows.lock(session, account);
            Set<WantedContent> wanted = new LinkedHashSet<>(stillWanted(session, account, all(session, account)));
            wanted.addAll(contents);
            session.update("DELETE FROM wanted WHERE account = ?", account);
            return session.batch("INSERT INTO wanted (account, library, node, sequence, chunk)"
                    + " SELECT account, number, ?, ?, ? FROM libraries WHERE id = ?",
                    wanted.stream().map(one -> new Object[]{one.node().toBytes(), one.sequence(),
                            one.chunk().toBytes(), one.library().toBytes()}).toList());
        });
    }

    @Override
    public Map<LibraryId, List<NodeId>> wanted(long account) throws StorageException {
        return database.call(session -> {
            Map<LibraryId, Set<NodeId>> found = new HashMap<>();
            for (WantedContent one : stillWanted(session, account, all(session, account))) {
                found.computeIfAbsent(one.library(), key -> new LinkedHashSet<>()).add(one.node());
            }
            Map<LibraryId, List<NodeId>> wanted = new HashMap<>();
            found.forEach((library, nodes) -> wanted.put(library, List.copyOf(nodes)));
            return wanted;
        });
    }

    private static List<WantedContent> all(SqlSession session, long account) throws SQLException {
        return session.list("SELECT l.id, w.node, w.sequence, w.chunk FROM" + session.dialect().inOrder() + "wanted w"
                + session.dialect().via("WANTED_KEY") + ", libraries l" + session.dialect().lookup("LIBRARIES_KEY")
                + "WHERE w.account = ? AND l.number = w.library",
                row -> new WantedContent(new LibraryId(row.getBytes(1)), new NodeId(row.getBytes(2)), row.getLong(3),
                        new ChunkId(row.getBytes(4))),
                account);
    }

    /** Leaves out what has been sent again, and what is no longer the present content. */
    private static List<WantedContent> stillWanted(SqlSession session, long account, List<WantedContent> contents)
            throws SQLException {
        if (contents.isEmpty()) {
            return contents;
        }
        Set<ChunkId> whole = ChunkRows.find(session, account, contents.stream().map(WantedContent::chunk).toList())
                .keySet();
        Set<List<Object>> current = new HashSet<>(InLists.query(session, "SELECT n.id, n.sequence, l.id FROM"
                + session.dialect().inOrder() + "nodes n" + session.dialect().via("NODES_KEY") + ", libraries l"
                + session.dialect().lookup("LIBRARIES_KEY") + "WHERE l.number = n.library AND l.account = ? AND"
                + " n.live_parent IS NOT NULL AND n.id IN %s",
                new HashSet<>(contents.stream().map(WantedContent::node).toList()).stream().map(NodeId::toBytes)
                        .toList(),
                row -> List.of(new NodeId(row.getBytes(1)), row.getLong(2), new LibraryId(row.getBytes(3))), account));
        List<WantedContent> wanted = new ArrayList<>(contents);
        wanted.removeIf(one -> whole.contains(one.chunk())
                || !current.contains(List.of(one.node(), one.sequence(), one.library())));
        return wanted;
    }

    private static List<Object[]> rows(long account, Collection<StoredChunk> chunks) {
        return chunks.stream().map(chunk -> new Object[]{chunk.id().toBytes(), account, chunk.place().pack(),
                chunk.place().offset()}).toList();
    }
}
