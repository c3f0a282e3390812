package org.tidebox.sync.derby;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/** Nodes as rows: how to read the columns, and the values of all of them but the first, the node's id. */
final class NodeRows {
    private static final String PLACE_AND_CONTENT = "node, parent, name, kind, mode, mtime, recipe, target, ";
    private static final String DISK = ", disk_name, disk_size, disk_mtime, disk_ctime, disk_mode, disk_key"
            + ", extended, disk_extended";
    static final String SYNCED_COLUMNS = PLACE_AND_CONTENT + "sequence" + DISK;
    static final String LOCAL_COLUMNS = PLACE_AND_CONTENT + "deleted" + DISK;
    static final String REMOTE_COLUMNS = PLACE_AND_CONTENT + "sequence, deleted, extended";

    private NodeRows() {
    }

    static SyncedNode readSynced(ResultSet row) throws SQLException {
        Node node = new Node(id(row), row.getLong(9), parent(row), row.getString(3), kind(row), attributes(row, 16),
                recipe(row), row.getString(8), false);
        return new SyncedNode(node, diskName(row), stamp(row), held(row));
    }

    static LocalNode readLocal(ResultSet row) throws SQLException {
        return new LocalNode(id(row), parent(row), row.getString(3), diskName(row), kind(row), attributes(row, 16),
                recipe(row), row.getString(8), stamp(row), row.getBoolean(9), held(row));
    }

    static Node readRemote(ResultSet row) throws SQLException {
        return new Node(id(row), row.getLong(9), parent(row), row.getString(3), kind(row), attributes(row, 11),
                recipe(row), row.getString(8), row.getBoolean(10));
    }

    static List<Object> values(SyncedNode synced) {
        Node node = synced.node();
        List<Object> values = placeAndContent(node.parent(), node.name(), node.kind(), node.attributes(), node.recipe(),
                node.target());
        values.add(node.sequence());
        addDisk(values, node.name(), synced.diskName(), synced.stamp());
        Collections.addAll(values, extended(node.attributes()), held(synced.held()));
        return values;
    }

    static List<Object> values(LocalNode node) {
        List<Object> values = placeAndContent(node.parent(), node.name(), node.kind(), node.attributes(), node.recipe(),
                node.target());
        values.add(node.deleted());
        addDisk(values, node.name(), node.diskName(), node.stamp());
        Collections.addAll(values, extended(node.attributes()), held(node.held()));
        return values;
    }

    static List<Object> values(Node node) {
        List<Object> values = placeAndContent(node.parent(), node.name(), node.kind(), node.attributes(), node.recipe(),
                node.target());
        Collections.addAll(values, node.sequence(), node.deleted(), extended(node.attributes()));
        return values;
    }

    private static List<Object> placeAndContent(NodeId parent, String name, NodeKind kind, Attributes attributes,
            Recipe recipe, String target) {
        List<Object> values = new ArrayList<>();
        Collections.addAll(values, parent.toBytes(), name, kind.name(), attributes.mode(), attributes.mtime(),
                recipe == null ? Null.BYTES : recipe.encode(), target == null ? Null.TEXT : target);
        return values;
    }

    private static void addDisk(List<Object> values, String name, String diskName, DiskStamp stamp) {
        Collections.addAll(values, diskName.equals(name) ? Null.TEXT : diskName, stamp.size(), stamp.mtime(),
                stamp.ctime(), stamp.mode(), stamp.key().isEmpty() ? Null.TEXT : stamp.key());
    }

    private static Object extended(Attributes attributes) {
        return attributes.extended().isEmpty() ? Null.BYTES : attributes.extended().encode();
    }

    /** No bytes mean that there are none, which differs from not knowing. */
    private static Object held(ExtendedAttributes held) {
        return held == null ? Null.BYTES : held.encode();
    }

    private static NodeId id(ResultSet row) throws SQLException {
        return new NodeId(row.getBytes(1));
    }

    private static NodeId parent(ResultSet row) throws SQLException {
        return new NodeId(row.getBytes(2));
    }

    private static NodeKind kind(ResultSet row) throws SQLException {
        return NodeKind.valueOf(row.getString(4));
    }

    private static Attributes attributes(ResultSet row, int extendedColumn) throws SQLException {
        byte[] extended = row.getBytes(extendedColumn);
        return new Attributes(row.getInt(5), row.getLong(6),
                extended == null ? ExtendedAttributes.NONE : ExtendedAttributes.decode(extended));
    }

    private static ExtendedAttributes held(ResultSet row) throws SQLException {
        byte[] held = row.getBytes(17);
        return held == null ? null : ExtendedAttributes.decode(held);
    }

    private static Recipe recipe(ResultSet row) throws SQLException {
        byte[] recipe = row.getBytes(7);
        return recipe == null ? null : Recipe.decode(recipe);
    }

    private static String diskName(ResultSet row) throws SQLException {
        String diskName = row.getString(10);
        return diskName == null ? row.getString(3) : diskName;
    }

    private static DiskStamp stamp(ResultSet row) throws SQLException {
        String key = row.getString(15);
        return new DiskStamp(row.getLong(11), row.getLong(12), row.getLong(13), row.getInt(14), key == null ? "" : key);
    }
}
