package org.tidebox.sync.internal.trees;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Folders in which the last look found each entry as it is known: as long as neither a node in them changes, nor
 * anything that the disk tells of their entries, nobody need look up what is known. Of a folder there is a digest and
 * the folders in it. Not thread-safe.
 */
public final class QuietFolders {
    private final Map<NodeId, Quiet> folders = new HashMap<>();

    private record Quiet(byte[] digest, Map<String, NodeId> inside) {
    }

    /** Notes a folder if its entries are as known. */
    public void note(NodeId folder, Map<String, DiskEntry> entries, Map<String, LocalNode> known) {
        // In their order, which a test that is replayed must meet again.
        Map<String, NodeId> inside = new LinkedHashMap<>();
        for (DiskEntry entry : entries.values()) {
            LocalNode node = known.get(entry.name());
            if (node == null || node.kind() != entry.kind() || !node.stamp().matches(entry.stamp())) {
                return;
            }
            if (node.kind() == NodeKind.FOLDER) {
                inside.put(entry.name(), node.id());
            }
        }
        if (known.size() == entries.size()) {
            folders.put(folder, new Quiet(digest(entries.values()), inside));
        }
    }

    /** Returns whether a folder was noted, and its entries are still the same. */
    public boolean isQuiet(NodeId folder, Collection<DiskEntry> entries) {
        Quiet quiet = folders.get(folder);
        return quiet != null && MessageDigest.isEqual(quiet.digest, digest(entries));
    }

    /** Returns the folders in a folder that is quiet. */
    public Map<String, NodeId> inside(NodeId folder) {
        return folders.get(folder).inside;
    }

    /** A node in a folder changed, came or went. */
    void changed(NodeId folder) {
        folders.remove(folder);
    }

    /** Forgets all. */
    public void forget() {
        folders.clear();
    }

    private static byte[] digest(Collection<DiskEntry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (DiskEntry entry : entries) {
                write(out, entry.name(), entry.kind(), entry.stamp());
            }
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("memory does not fail, and every Java platform has SHA-256", e);
        }
    }

    private static void write(DataOutputStream out, String name, NodeKind kind, DiskStamp stamp) throws IOException {
        out.writeUTF(name);
        out.writeByte(kind.ordinal());
        out.writeLong(stamp.size());
        out.writeLong(stamp.mtime());
        out.writeLong(stamp.ctime());
        out.writeInt(stamp.mode());
        out.writeUTF(stamp.key());
    }
}
