package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.internal.Context;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.tree.NodeKind;

/** Renames and moves entries, never onto what appeared meanwhile. */
final class EntryMover {
    private final Context context;
    private final Placement placement;
    private final Writable writable;
    private final WrittenStamps stamps;
    private final Carrier carrier;

    EntryMover(Context context, Placement placement) {
        this.context = context;
        this.placement = placement;
        this.writable = new Writable(context.disk());
        this.stamps = new WrittenStamps(context, placement);
        this.carrier = new Carrier(context, placement);
    }

    /** Moves an entry; returns it as it is on the disk now. */
    LocalNode move(LocalNode node, Path from, Path to, Place place)
            throws IOException, StaleException, TreeStoreException {
        if (context.mounts().top(from).equals(from)) {
            throw new ObstacleException(new Obstacle.MountedThere());
        }
        DiskStamp before = context.guard().same(node, from);
        if (carrier.isNeeded(from, to)) {
            return carry(node, from, to, place);
        }
        Optional<DiskEntry> there = context.disk().look(to);
        // A file system that ignores case finds the entry itself under its new name.
        boolean itself = there.isPresent() && there.get().stamp().sameFile(node.stamp());
        if (itself) {
            relocate(node, from, to);
        } else if (node.kind() == NodeKind.FOLDER) {
            moveFolder(node, from, to);
        } else {
            placement.move(node, from, to);
        }
        context.durability().touched(from.getParent());
        context.durability().touched(to.getParent());
        if (there.isPresent() && !context.disk().names(to.getParent()).contains(to.getFileName().toString())) {
            throw new ObstacleException(
                    new Obstacle.CaseNotChanged(from.getFileName().toString(), to.getFileName().toString()));
        }
        if (node.kind() == NodeKind.FOLDER) {
            context.paths().forget();
            context.mounts().moved(from, to);
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
        context.durability().touched(to.getParent());
        context.paths().forget();
        return moved.withPlace(place.parent(), place.name(), place.name());
    }

    /** No system lets a folder take the place of a file, or of a folder that holds something. */
    private void moveFolder(LocalNode node, Path from, Path to) throws IOException, StaleException {
        context.guard().free(to);
        try {
            relocate(node, from, to);
        } catch (IOException e) {
            context.guard().free(to);
            throw e;
        }
    }

    /** Moving a folder changes its entry "..", which takes the right to write in it. */
    private void relocate(LocalNode node, Path from, Path to) throws IOException {
        boolean changesParent = node.kind() == NodeKind.FOLDER && !from.getParent().equals(to.getParent());
        Writable.Action<RuntimeException> move = () -> context.confined().move(from, to);
        writable.in(from.getParent(), () -> writable.in(to.getParent(), () -> {
            if (changesParent) {
                writable.in(from, move);
            } else {
                move.run();
            }
        }));
    }
}
