package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LeftNames;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * Recognises entries that are not where they were: what moved by its inode, what was saved under the name that it left a
 * moment ago. Made for one scan.
 */
final class Recognition {
    private final Disk disk;
    private final Trees trees;
    private final LocalPaths paths;
    private final LeftNames leftNames;
    private final InstantSource clock;
    private final Missing missing;

    Recognition(Disk disk, FolderTrees known, LeftNames leftNames, InstantSource clock, Missing missing) {
        this.disk = disk;
        this.trees = known.trees();
        this.paths = known.paths();
        this.leftNames = leftNames;
        this.clock = clock;
        this.missing = missing;
    }

    /** Returns the nodes that have the inodes of some entries, by these; deleted ones only where no other has it. */
    Map<String, LocalNode> candidates(List<DiskEntry> strangers) throws TreeStoreException {
        Map<String, LocalNode> candidates = new HashMap<>();
        List<String> keys = strangers.stream().map(entry -> entry.stamp().key()).filter(key -> !key.isEmpty()).toList();
        for (LocalNode node : missing.byKey(keys)) {
            Triple unflushed = trees.unflushed(node.id());
            LocalNode current = unflushed == null ? node : unflushed.local();
            if (current != null && !missing.isClaimed(current.id())) {
                candidates.merge(current.stamp().key(), current, (one, other) -> one.deleted() ? other : one);
            }
        }
        return candidates;
    }

    /**
     * Decides whether an entry is a node from elsewhere; not if that one still lies there, as a hard link does.
     *
     * @param candidate the node with the inode of the entry, or {@code null}
     * @param old what had the name of the entry before, or {@code null}
     * @return the node, or {@code null}
     */
    LocalNode movedHere(DiskEntry entry, LocalNode candidate, LocalNode old)
            throws IOException, TreeStoreException {
        if (candidate == null || missing.isClaimed(candidate.id()) || candidate.kind() != entry.kind()
                || old != null && candidate.id().equals(old.id())
                || entry.kind() != NodeKind.FOLDER && !candidate.stamp().sameContent(entry.stamp())) {
            return null;
        }
        if (isSwap(candidate, old)) {
            return candidate;
        }
        // Programs save by renaming a new file over the old one: for people it is the name that makes it the same file. A
        // folder is the same by what it holds.
        boolean isNew = trees.triple(candidate.id()).synced() == null
                || candidate.id().isMadeAbout(clock.instant(), LeftNames.MOMENT);
        if (old != null && entry.kind() != NodeKind.FOLDER && isNew) {
            return null;
        }
        // Where its folder is no longer known it cannot lie either.
        if (candidate.deleted() || missing.has(candidate.id()) || !paths.isHere(candidate.parent())) {
            return candidate;
        }
        Optional<DiskEntry> there;
        try {
            there = disk.look(paths.of(candidate));
        } catch (InvalidPathException e) {
            // Nobody can tell whether it lies there still, so it is another one.
            return null;
        }
        boolean keepsName = there.isPresent()
                && (entry.kind() != NodeKind.FOLDER && there.get().kind() == entry.kind()
                        || there.get().stamp().sameFile(candidate.stamp()));
        return keepsName ? null : candidate;
    }

    /** Returns whether an entry is to be found under another name, too: as a hard link, or where case makes no difference. */
    boolean hasOtherName(DiskEntry entry, LocalNode candidate) throws IOException, TreeStoreException {
        if (candidate == null || candidate.deleted() || !paths.isHere(candidate.parent())) {
            return false;
        }
        try {
            return disk.look(paths.of(candidate)).filter(there -> there.stamp().sameFile(entry.stamp())).isPresent();
        } catch (InvalidPathException e) {
            return true;
        }
    }

    /** Returns whether what had the name of an entry now has the one that the entry came from: both were renamed. */
    private boolean isSwap(LocalNode candidate, LocalNode old) throws IOException, TreeStoreException {
        if (old == null || candidate.deleted() || !paths.isHere(candidate.parent())) {
            return false;
        }
        // A file system may give the number of a file that is gone to the next one, so the number alone is no proof.
        return disk.look(paths.of(candidate)).filter(there -> there.stamp().sameFile(old.stamp())
                && (there.kind() == NodeKind.FOLDER || there.stamp().sameContent(old.stamp()))).isPresent();
    }

    /** Returns the file that had a name a moment ago, and has another one in the same folder now; else {@code null}. */
    LocalNode savedHere(NodeId folder, DiskEntry entry, Map<String, DiskEntry> entries)
            throws TreeStoreException {
        Place place = new Place(folder, NodeName.normalize(entry.name()));
        Optional<NodeId> id = leftNames.by(place);
        if (entry.kind() != NodeKind.FILE || id.isEmpty() || missing.isClaimed(id.get())) {
            return null;
        }
        LocalNode node = trees.triple(id.get()).local();
        boolean isHere = node != null && !node.deleted() && node.kind() == NodeKind.FILE
                && node.parent().equals(folder);
        // It may be itself that came back.
        return isHere && !node.stamp().sameFile(entry.stamp())
                && leftNames.isUnchanged(place, node, entries.get(node.diskName())) ? node : null;
    }
}
