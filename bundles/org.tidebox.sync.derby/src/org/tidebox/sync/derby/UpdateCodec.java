package org.tidebox.sync.derby;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/**
 * The nodes of an update as bytes: for each of the three tables their number, then each node's id, whether it has a row,
 * and the row. Byte strings have their length in front, -1 for none. Facts and cursor are not part of it.
 */
final class UpdateCodec {
    private static final int NONE = -1;
    /** The length of names in the tables. */
    private static final int LONGEST_NAME = 1000;
    /** In bytes no text of so many characters is longer than {@link DataOutputStream#writeUTF} takes. */
    private static final int LONGEST_TARGET = 21_000;

    private UpdateCodec() {
    }

    /** Writes a row. */
    @FunctionalInterface
    private interface Writer<T> {
        void write(DataOutputStream out, T row) throws IOException;
    }

    /** Reads a row. */
    @FunctionalInterface
    private interface Reader {
        void read(DataInputStream in, NodeId id, boolean isThere) throws IOException;
    }

    /** Returns whether the tables will take all of it, too. */
    static boolean fits(TreeUpdate update) {
        return update.synced().values().stream().flatMap(Optional::stream)
                .allMatch(row -> fits(row.node().name(), row.node().target(), row.diskName(), row.stamp()))
                && update.local().values().stream().flatMap(Optional::stream)
                        .allMatch(row -> fits(row.name(), row.target(), row.diskName(), row.stamp()))
                && update.remote().values().stream().flatMap(Optional::stream)
                        .allMatch(row -> fits(row.name(), row.target(), row.name(), DiskStamp.UNKNOWN));
    }

    private static boolean fits(String name, String target, String diskName, DiskStamp stamp) {
        return Math.max(name.length(), Math.max(diskName.length(), stamp.key().length())) <= LONGEST_NAME
                && (target == null || target.length() <= LONGEST_TARGET);
    }

    static byte[] encode(TreeUpdate update) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, update.synced(), UpdateCodec::write);
            write(out, update.local(), UpdateCodec::write);
            write(out, update.remote(), UpdateCodec::write);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes.
     *
     * @throws IllegalArgumentException if the bytes are no update
     */
    static TreeUpdate decode(byte[] bytes) {
        TreeUpdate update = new TreeUpdate();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            read(in, (row, id, isThere) -> update.synced(id, isThere ? readSynced(row, id) : null));
            read(in, (row, id, isThere) -> update.local(id, isThere ? readLocal(row, id) : null));
            read(in, (row, id, isThere) -> update.remote(id, isThere ? readNode(row, id) : null));
            return update;
        } catch (IOException e) {
            throw new IllegalArgumentException("an update in the table recent_updates is cut short", e);
        }
    }

    private static <T> void write(DataOutputStream out, Map<NodeId, Optional<T>> rows, Writer<T> writer)
            throws IOException {
        out.writeInt(rows.size());
        for (Map.Entry<NodeId, Optional<T>> row : rows.entrySet()) {
            out.write(row.getKey().toBytes());
            out.writeBoolean(row.getValue().isPresent());
            if (row.getValue().isPresent()) {
                writer.write(out, row.getValue().get());
            }
        }
    }

    private static void read(DataInputStream in, Reader reader) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            reader.read(in, readId(in), in.readBoolean());
        }
    }

    private static void write(DataOutputStream out, SyncedNode synced) throws IOException {
        write(out, synced.node());
        writeText(out, synced.diskName());
        write(out, synced.stamp());
        writeBytes(out, synced.held() == null ? null : synced.held().encode());
    }

    private static SyncedNode readSynced(DataInputStream in, NodeId id) throws IOException {
        return new SyncedNode(readNode(in, id), readText(in), readStamp(in), readExtended(in));
    }

    private static void write(DataOutputStream out, LocalNode node) throws IOException {
        out.write(node.parent().toBytes());
        writeText(out, node.name());
        writeText(out, node.diskName());
        write(out, node.kind(), node.attributes());
        writeBytes(out, node.recipe() == null ? null : node.recipe().encode());
        writeText(out, node.target());
        write(out, node.stamp());
        out.writeBoolean(node.deleted());
        writeBytes(out, node.held() == null ? null : node.held().encode());
    }

    private static LocalNode readLocal(DataInputStream in, NodeId id) throws IOException {
        return new LocalNode(id, readId(in), readText(in), readText(in), readKind(in), readAttributes(in),
                readRecipe(in), readText(in), readStamp(in), in.readBoolean(), readExtended(in));
    }

    private static void write(DataOutputStream out, Node node) throws IOException {
        out.writeLong(node.sequence());
        out.write(node.parent().toBytes());
        writeText(out, node.name());
        write(out, node.kind(), node.attributes());
        writeBytes(out, node.recipe() == null ? null : node.recipe().encode());
        writeText(out, node.target());
        out.writeBoolean(node.deleted());
    }

    private static Node readNode(DataInputStream in, NodeId id) throws IOException {
        return new Node(id, in.readLong(), readId(in), readText(in), readKind(in), readAttributes(in), readRecipe(in),
                readText(in), in.readBoolean());
    }

    private static void write(DataOutputStream out, NodeKind kind, Attributes attributes) throws IOException {
        out.writeByte(kind.ordinal());
        out.writeInt(attributes.mode());
        out.writeLong(attributes.mtime());
        writeBytes(out, attributes.extended().isEmpty() ? null : attributes.extended().encode());
    }

    private static NodeKind readKind(DataInputStream in) throws IOException {
        int kind = in.readByte();
        if (kind < 0 || kind >= NodeKind.values().length) {
            throw new IllegalArgumentException("an update in the table recent_updates has a node of kind " + kind);
        }
        return NodeKind.values()[kind];
    }

    private static Attributes readAttributes(DataInputStream in) throws IOException {
        int mode = in.readInt();
        long mtime = in.readLong();
        ExtendedAttributes extended = readExtended(in);
        return new Attributes(mode, mtime, extended == null ? ExtendedAttributes.NONE : extended);
    }

    private static void write(DataOutputStream out, DiskStamp stamp) throws IOException {
        out.writeLong(stamp.size());
        out.writeLong(stamp.mtime());
        out.writeLong(stamp.ctime());
        out.writeInt(stamp.mode());
        writeText(out, stamp.key());
    }

    private static DiskStamp readStamp(DataInputStream in) throws IOException {
        return new DiskStamp(in.readLong(), in.readLong(), in.readLong(), in.readInt(), readText(in));
    }

    private static NodeId readId(DataInputStream in) throws IOException {
        byte[] id = new byte[NodeId.LENGTH];
        in.readFully(id);
        return new NodeId(id);
    }

    private static Recipe readRecipe(DataInputStream in) throws IOException {
        byte[] recipe = readBytes(in);
        return recipe == null ? null : Recipe.decode(recipe);
    }

    private static ExtendedAttributes readExtended(DataInputStream in) throws IOException {
        byte[] extended = readBytes(in);
        return extended == null ? null : ExtendedAttributes.decode(extended);
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            return null;
        }
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IllegalArgumentException("an update in the table recent_updates has a part of " + length
                    + " bytes, of which there are " + bytes.length);
        }
        return bytes;
    }
}
