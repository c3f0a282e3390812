package org.tidebox.sync.internal.trees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Optional;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/** Turns entries of the disk into local nodes. */
public final class Entries {
    private Entries() {
    }

    /** Makes a node of an entry that was never seen; empty if the entry is gone already. */
    public static Optional<LocalNode> create(NodeId id, NodeId parent, DiskEntry entry, Path path) throws IOException {
        Optional<String> target = target(entry, path);
        return entry.kind() == NodeKind.LINK && target.isEmpty()
                ? Optional.empty()
                : Optional.of(new LocalNode(id, parent, NodeName.normalize(entry.name()), entry.name(), entry.kind(),
                        entry.attributes(), null, target.orElse(null), entry.stamp(), false, ExtendedAttributes.NONE));
    }

    /**
     * Brings a node up to date with its entry; empty if the entry is gone already.
     *
     * @param isExplained whether a rename or another mode explains a new ctime. Then the content is taken for the same
     *        for now, so that a rename need not wait for a long file to be read; the stamp makes a later scan read it
     */
    public static Optional<LocalNode> update(LocalNode node, DiskEntry entry, Path path, boolean isExplained)
            throws IOException {
        Optional<String> target = target(entry, path);
        if (entry.kind() == NodeKind.LINK && target.isEmpty()) {
            return Optional.empty();
        }
        DiskStamp before = node.stamp();
        DiskStamp now = entry.stamp();
        boolean sameTime = before.ctime() == now.ctime();
        boolean same = isSameInode(before, now) && (sameTime || isExplained);
        boolean sure = entry.kind() != NodeKind.FILE || sameTime || !same;
        return Optional.of(new LocalNode(node.id(), node.parent(), node.name(), node.diskName(), node.kind(),
                attributes(node, entry), same ? node.recipe() : null, target.orElse(null), sure ? now : now.doubtful(),
                false, node.held()));
    }

    /** Returns whether size, time and inode are the same. What changed its ctime may yet have set the time back. */
    private static boolean isSameInode(DiskStamp before, DiskStamp now) {
        return before.sameContent(now) && now.isInodeOf(before) && !before.isDoubtful();
    }

    /** What the disk shows counts only where it changed: the disk may be unable to hold what the node has. */
    private static Attributes attributes(LocalNode node, DiskEntry entry) {
        boolean sameMode = node.stamp().mode() == entry.stamp().mode();
        boolean sameTime = node.stamp().mtime() == entry.stamp().mtime();
        return new Attributes(sameMode ? node.attributes().mode() : entry.attributes().mode(),
                sameTime ? node.attributes().mtime() : entry.attributes().mtime(), node.attributes().extended());
    }

    private static Optional<String> target(DiskEntry entry, Path path) throws IOException {
        if (entry.kind() != NodeKind.LINK) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readSymbolicLink(path).toString());
        } catch (NoSuchFileException | NotLinkException e) {
            return Optional.empty();
        }
    }
}
