package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.journal.JournalTransaction;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** One commit's view of its library; the library's row is locked. */
final class JdbcJournalTransaction implements JournalTransaction {
    private final SqlSession session;
    private final long library;
    private final long account;
    // Of those that a look-up did not find, none has to be looked for again when they are written.
    private final Set<NodeId> absent = new HashSet<>();
    private long head;
    private long appendedFrom;

    JdbcJournalTransaction(SqlSession session, long library, long account, long head) {
        this.session = session;
        this.library = library;
        this.account = account;
        this.head = head;
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public Optional<Mark> mark(long sequence) throws StorageException {
        return run(() -> Marks.of(session, library, sequence));
    }

    @Override
    public Optional<CommitResult> answered(CommitId commit) throws StorageException {
        Optional<byte[]> answer = run(() -> session.one("SELECT answer FROM commits WHERE id = ? AND library = ?",
                row -> row.getBytes(1), commit.toBytes(), library));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        CommitResult decoded = AnswerCodec.decode(answer.get(), this::versions);
        return Optional.of(decoded.withMark(mark(decoded.head()).orElse(null)));
    }

    /** Returns versions by their sequences, as many as make a page: what an answer shows in the way of changes. */
    private Map<Long, Node> versions(Collection<Long> sequences) throws StorageException {
        Map<Long, Node> found = new HashMap<>();
        run(() -> PageRows.versions(session, library, List.copyOf(sequences)))
                .forEach(version -> found.put(version.node().sequence(), version.node()));
        return found;
    }

    @Override
    public Map<NodeId, Node> nodes(Collection<NodeId> ids) throws StorageException {
        String sql = Queries.currentNodes(session.dialect(), "NODES_KEY") + "AND n.library = ? AND n.id IN %s";
        Map<NodeId, Node> found = new HashMap<>();
        run(() -> InLists.query(session, sql, keys(ids), NodeRows::read, library))
                .forEach(node -> found.put(node.id(), node));
        absent.addAll(ids);
        absent.removeAll(found.keySet());
        return found;
    }

    @Override
    public Map<Place, Node> at(Collection<Place> places) throws StorageException {
        String sql = Queries.currentNodes(session.dialect(), "NODES_PLACE") + "AND n.library = ? AND n.place IN %s";
        List<byte[]> keys = new HashSet<>(places).stream().map(p -> NodeRows.place(library, p.parent(), p.name()))
                .toList();
        Map<Place, Node> found = new HashMap<>();
        run(() -> InLists.query(session, sql, keys, NodeRows::read, library))
                .forEach(node -> found.put(new Place(node.parent(), node.name()), node));
        return found;
    }

    @Override
    public Map<NodeId, Integer> liveChildren(Collection<NodeId> folders) throws StorageException {
        String sql = "SELECT live_parent, COUNT(*) FROM nodes" + session.dialect().viaIndex("NODES_PARENT")
                + "WHERE library = ? AND live_parent IN %s GROUP BY live_parent";
        Map<NodeId, Integer> found = new HashMap<>();
        run(() -> InLists.query(session, sql, keys(folders),
                row -> Map.entry(new NodeId(row.getBytes(1)), row.getInt(2)),
                library)).forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    @Override
    public Map<ChunkId, StoredChunk> chunks(Collection<ChunkId> ids) throws StorageException {
        // Whoever frees chunks locks all libraries of the account first.
        return run(() -> ChunkRows.find(session, account, ids));
    }

    @Override
    public Mark append(CommitId commit, CommitResult answer, List<Node> versions, long device, Instant time)
            throws StorageException {
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).sequence() != head + 1 + i) {
                throw new StorageException("The version " + versions.get(i).sequence() + " does not follow "
                        + (head + i) + " without a gap", true, null);
            }
        }
        return run(() -> {
            byte[] bytes = AnswerCodec.encode(answer);
            int weight = JournalTransaction.WEIGHT_OF_ANSWER + bytes.length;
            session.update("INSERT INTO commits (id, library, answer, answered, weight) VALUES (?, ?, ?, ?, ?)",
                    commit.toBytes(), library, bytes, time.toEpochMilli(), weight);
            if (!versions.isEmpty()) {
                write(versions, device, time);
            }
            session.update("UPDATE libraries SET head = ?, used = used + ? WHERE number = ?", head + versions.size(),
                    weight + versions.stream().mapToLong(Node::weight).sum(), library);
            Mark mark = Marks.append(session, library, head, commit, versions);
            appendedFrom = head + 1;
            head = mark.sequence();
            return mark;
        });
    }

    @Override
    public void confirm() throws StorageException {
        if (appendedFrom <= head) {
            run(() -> session.update("UPDATE marks SET confirmed_from = ? WHERE library = ? AND sequence = ?",
                    appendedFrom, library, head));
        }
    }

    private void write(List<Node> versions, long device, Instant time) throws SQLException {
        Map<NodeId, Node> latest = new LinkedHashMap<>();
        versions.forEach(node -> latest.put(node.id(), node));
        session.batch(NodeRows.INSERT_VERSION,
                versions.stream().map(node -> NodeRows.version(library, node, device, time)).toList());
        removeOld(latest.keySet());
        // In the order of the index, so that neighbours on its pages are written one after the other.
        session.batch(NodeRows.INSERT_NODE, latest.values().stream().sorted(Comparator.comparing(Node::id))
                .map(node -> NodeRows.current(library, node)).toList());
    }

    /** Old states leave before new ones come: nodes may have swapped their names. */
    private void removeOld(Set<NodeId> ids) throws SQLException {
        List<NodeId> candidates = ids.stream().filter(id -> !absent.remove(id)).toList();
        List<Object[]> known = new ArrayList<>();
        InLists.query(session, "SELECT id FROM nodes" + session.dialect().via("NODES_KEY")
                + "WHERE library = ? AND id IN %s",
                keys(candidates), row -> row.getBytes(1), library).forEach(id -> known.add(new Object[]{id, library}));
        session.batch("DELETE FROM nodes WHERE id = ? AND library = ?", known);
    }

    private static List<byte[]> keys(Collection<NodeId> ids) {
        return new HashSet<>(ids).stream().sorted().map(NodeId::toBytes).toList();
    }

    /** Work on the database. */
    @FunctionalInterface
    private interface Query<R> {
        R run() throws SQLException;
    }

    private static <R> R run(Query<R> query) throws StorageException {
        try {
            return query.run();
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }
}
