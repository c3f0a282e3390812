package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.Path;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.ExtendedView;
import org.tidebox.sync.internal.disk.FileClocks;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeKind;

/** Makes folders, and makes or replaces links: what needs no content from the server. */
final class EntryMaker {
    private final ConfinedRoot confined;
    private final Disk disk;
    private final FileClocks fileClocks;
    private final ExtendedView extendedView;
    private final Guard guard;
    private final Durability durability;
    private final Trees trees;
    private final LocalPaths paths;
    private final Placement placement;
    private final Writable writable;
    private final WrittenStamps stamps;

    EntryMaker(FolderDisk here, FolderTrees known, Placement placement) {
        this.confined = here.confined();
        this.disk = here.disk();
        this.fileClocks = here.fileClocks();
        this.extendedView = here.extended();
        this.guard = here.guard();
        this.durability = here.durability();
        this.trees = known.trees();
        this.paths = known.paths();
        this.placement = placement;
        this.writable = new Writable(here.disk());
        this.stamps = new WrittenStamps(here, placement);
    }

    /** Makes a folder or link; returns it as it is on the disk now. */
    LocalNode make(Node node) throws TreeStoreException, IOException, StaleException {
        Triple old = trees.triple(node.id());
        boolean replaces = old.isHere();
        Path path = replaces
                ? paths.of(old.local())
                : paths.place(node.parent(), node.name());
        LocalNode made = node.kind() == NodeKind.FOLDER
                ? makeFolder(node, path)
                : LocalNode.of(node, makeLink(node, path, replaces ? old : null));
        durability.touched(path.getParent());
        return made;
    }

    private LocalNode makeFolder(Node node, Path path) throws IOException, StaleException {
        guard.free(path);
        writable.in(path.getParent(), () -> confined.createFolder(path));
        ExtendedAttributes held = give(node, path);
        disk.setMode(path, node.attributes().mode());
        return LocalNode.of(node, stamps.asSet(stamps.now(path), node.attributes().mode(), path))
                .withExtended(node.attributes().extended(), held);
    }

    private ExtendedAttributes give(Node node, Path path) {
        ExtendedAttributes extended = node.attributes().extended();
        if (!extended.isEmpty()) {
            durability.touched(path);
        }
        return extendedView.give(node.id(), path, path, extended);
    }

    private DiskStamp makeLink(Node node, Path path, Triple old) throws IOException, StaleException {
        if (old == null) {
            guard.free(path);
            writable.in(path.getParent(), () -> confined.createLink(path, target(path, node)));
            return stamps.ofLink(path, node.target());
        }
        Path temporary = placement.temporary(path.getParent()).resolve(node.id().toHex());
        confined.deleteIfExists(temporary);
        confined.createLink(temporary, target(path, node));
        DiskStamp before = stamps.now(temporary);
        placement.replace(temporary, old, path);
        return fileClocks.of(path.getParent()).sure(before.kept(stamps.now(path)));
    }

    private static Path target(Path path, Node node) {
        return path.getFileSystem().getPath(node.target());
    }
}
