package org.tidebox.storage.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.tidebox.storage.journal.NodeRow;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/** Nodes as rows. */
final class NodeRows {
    /** What {@link #read} and {@link #readVersion} expect of the table {@code versions} called {@code v}. */
    static final String COLUMNS = "v.node, v.sequence, v.parent, v.name, v.kind, v.mode, v.mtime, v.recipe, v.target,"
            + " v.deleted, v.device, v.accepted, v.extended, v.thinned";
    static final String INSERT_VERSION = "INSERT INTO versions (library, sequence, node, parent, name, kind, mode, mtime,"
            + " recipe, target, deleted, device, accepted, extended, weight)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String INSERT_NODE = "INSERT INTO nodes (id, library, sequence, place, live_parent) VALUES (?, ?, ?, ?, ?)";
    private static final int PLACE_LENGTH = 16;

    private NodeRows() {
    }

    static Node read(ResultSet row) throws SQLException {
        byte[] recipe = row.getBytes(8);
        return new Node(new NodeId(row.getBytes(1)), row.getLong(2), new NodeId(row.getBytes(3)), row.getString(4),
                NodeKind.valueOf(row.getString(5)), new Attributes(row.getInt(6), row.getLong(7), extended(row)),
                recipe == null ? null : Recipe.decode(recipe), row.getString(9), row.getBoolean(10));
    }

    private static ExtendedAttributes extended(ResultSet row) throws SQLException {
        byte[] extended = row.getBytes(13);
        return extended == null ? ExtendedAttributes.NONE : ExtendedAttributes.decode(extended);
    }

    /** Reads {@link #COLUMNS}, and id, sequence, place and live parent of the current node that they belong to. */
    static NodeRow readRow(long library, ResultSet row) throws SQLException {
        NodeId id = new NodeId(row.getBytes(15));
        long sequence = row.getLong(16);
        if (row.getBytes(1) == null) {
            return new NodeRow(id, sequence, null, "its version " + sequence + " is not there");
        }
        List<Node> whole = readIfWhole(row);
        if (whole.isEmpty()) {
            return new NodeRow(id, sequence, null, "its version " + sequence + " cannot be read");
        }
        Node node = whole.get(0);
        Object[] expected = current(library, node);
        boolean fits = node.id().equals(id) && Arrays.equals(bytes(expected[3]), row.getBytes(17))
                && Arrays.equals(bytes(expected[4]), row.getBytes(18));
        return new NodeRow(id, sequence, node, fits ? null : "the place that it takes up is not that of its version");
    }

    /** Reads a node, or nothing if what is stored is none. */
    static List<Node> readIfWhole(ResultSet row) throws SQLException {
        try {
            return List.of(read(row));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Decodes a recipe, or returns {@code null} if the bytes are none. */
    static Recipe recipe(byte[] bytes) {
        try {
            return Recipe.decode(bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] bytes(Object argument) {
        return argument instanceof byte[] bytes ? bytes : null;
    }

    static NodeVersion readVersion(ResultSet row) throws SQLException {
        return new NodeVersion(read(row), row.getLong(11), Instant.ofEpochMilli(row.getLong(12)), row.getBoolean(14));
    }

    /** Returns the arguments of {@link #INSERT_VERSION}. */
    static Object[] version(long library, Node node, long device, Instant time) {
        byte[] recipe = node.recipe() == null ? null : node.recipe().encode();
        return new Object[]{library, node.sequence(), node.id().toBytes(), node.parent().toBytes(), node.name(),
                node.kind().name(), node.attributes().mode(), node.attributes().mtime(), Null.or(recipe),
                Null.or(node.target()), node.deleted(), device, time.toEpochMilli(),
                extended(node.attributes().extended()), node.weight()};
    }

    private static Object extended(ExtendedAttributes extended) {
        return extended.isEmpty() ? Null.BYTES : extended.encode();
    }

    /** Returns the arguments of {@link #INSERT_NODE}. */
    static Object[] current(long library, Node node) {
        boolean gone = node.deleted();
        return new Object[]{node.id().toBytes(), library, node.sequence(),
                gone ? Null.BYTES : place(library, node.parent(), node.name()),
                gone ? Null.BYTES : node.parent().toBytes()};
    }

    /** Returns what stands for a place in the index: the first 16 bytes of the SHA-256 of library, parent and name. */
    static byte[] place(long library, NodeId parent, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, library));
            digest.update(parent.toBytes());
            return Arrays.copyOf(digest.digest(name.getBytes(StandardCharsets.UTF_8)), PLACE_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
