package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.MountPoints;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.tree.NodeKind;

/** Renames and moves entries, never onto what appeared meanwhile. */
final class EntryMover {
    private final ConfinedRoot confined;
    private final Disk disk;
    private final Guard guard;
    private final Durability durability;
    private final MountPoints mounts;
    private final LocalPaths paths;
    private final Placement placement;
    private final Writable writable;
    private final WrittenStamps stamps;
    private final Carrier carrier;

    EntryMover(FolderDisk here, FolderTrees known, Work work, Placement placement) {
        this.confined = here.confined();
        this.disk = here.disk();
        this.guard = here.guard();
        this.durability = here.durability();
        this.mounts = here.mounts();
        this.paths = known.paths();
        this.placement = placement;
        this.writable = new Writable(here.disk());
        this.stamps = new WrittenStamps(here, placement);
        this.carrier = new Carrier(here, known, work, placement);
    }

    /** Moves an entry; returns it as it is on the disk now. */
    LocalNode move(LocalNode node, Path from, Path to, Place place)
            throws IOException, StaleException, TreeStoreException {
        if (mounts.top(from).equals(from)) {
            throw new ObstacleException(new Obstacle.MountedThere());
        }
        DiskStamp before = guard.same(node, from);
        if (carrier.isNeeded(from, to)) {
            return carry(node, from, to, place);
        }
        Optional<DiskEntry> there = disk.look(to);
        // A file system that ignores case finds the entry itself under its new name.
        boolean itself = there.isPresent() && there.get().stamp().sameFile(node.stamp());
        if (itself) {
            relocate(node, from, to);
        } else if (node.kind() == NodeKind.FOLDER) {
            moveFolder(node, from, to);
        } else {
            placement.move(node, from, to);
        }
        durability.touched(from.getParent());
        durability.touched(to.getParent());
        if (there.isPresent() && !disk.names(to.getParent()).contains(to.getFileName().toString())) {
            throw new ObstacleException(
                    new Obstacle.CaseNotChanged(from.getFileName().toString(), to.getFileName().toString()));
        }
        if (node.kind() == NodeKind.FOLDER) {
            paths.forget();
            mounts.moved(from, to);
        }
        LocalNode moved = node.withPlace(place.parent(), place.name(), place.name());
        return node.kind() == NodeKind.LINK
                ? moved.withStamp(stamps.ofLink(to, node.target()))
                : stamps.asHeld(
                        moved.withStamp(node.stamp().unlessChanged(before).kept(stamps.now(to))), to);
    }

    private LocalNode carry(LocalNode node, Path from, Path to, Place place)
            throws IOException, StaleException, TreeStoreException {
        LocalNode moved = carrier.move(node, from, to);
        durability.touched(to.getParent());
        paths.forget();
        return moved.withPlace(place.parent(), place.name(), place.name());
    }

    /** No system lets a folder take the place of a file, or of a folder that holds something. */
    private void moveFolder(LocalNode node, Path from, Path to) throws IOException, StaleException {
        guard.free(to);
        try {
            relocate(node, from, to);
        } catch (IOException e) {
            guard.free(to);
            throw e;
        }
    }

    /** Moving a folder changes its entry "..", which takes the right to write in it. */
    private void relocate(LocalNode node, Path from, Path to) throws IOException {
        boolean changesParent = node.kind() == NodeKind.FOLDER && !from.getParent().equals(to.getParent());
        Writable.Action<RuntimeException> move = () -> confined.move(from, to);
        writable.in(from.getParent(), () -> writable.in(to.getParent(), () -> {
            if (changesParent) {
                writable.in(from, move);
            } else {
                move.run();
            }
        }));
    }
}
