package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.Path;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.Context;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeKind;

/** Makes folders, and makes or replaces links: what needs no content from the server. */
final class EntryMaker {
    private final Context context;
    private final Placement placement;
    private final Writable writable;
    private final WrittenStamps stamps;

    EntryMaker(Context context, Placement placement) {
        this.context = context;
        this.placement = placement;
        this.writable = new Writable(context.disk());
        this.stamps = new WrittenStamps(context, placement);
    }

    /** Makes a folder or link; returns it as it is on the disk now. */
    LocalNode make(Node node) throws TreeStoreException, IOException, StaleException {
        Triple old = context.trees().triple(node.id());
        boolean replaces = old.isHere();
        Path path = replaces
                ? context.paths().of(old.local())
                : context.paths().place(node.parent(), node.name());
        LocalNode made = node.kind() == NodeKind.FOLDER
                ? makeFolder(node, path)
                : LocalNode.of(node, makeLink(node, path, replaces ? old : null));
        context.durability().touched(path.getParent());
        return made;
    }

    private LocalNode makeFolder(Node node, Path path) throws IOException, StaleException {
        context.guard().free(path);
        writable.in(path.getParent(), () -> context.confined().createFolder(path));
        ExtendedAttributes held = give(node, path);
        context.disk().setMode(path, node.attributes().mode());
        return LocalNode.of(node, stamps.asSet(stamps.now(path), node.attributes().mode(), path))
                .withExtended(node.attributes().extended(), held);
    }

    private ExtendedAttributes give(Node node, Path path) {
        ExtendedAttributes extended = node.attributes().extended();
        if (!extended.isEmpty()) {
            context.durability().touched(path);
        }
        return context.extended().give(node.id(), path, path, extended);
    }

    private DiskStamp makeLink(Node node, Path path, Triple old) throws IOException, StaleException {
        if (old == null) {
            context.guard().free(path);
            writable.in(path.getParent(), () -> context.confined().createLink(path, target(path, node)));
            return stamps.ofLink(path, node.target());
        }
        Path temporary = placement.temporary(path.getParent()).resolve(node.id().toHex());
        context.confined().deleteIfExists(temporary);
        context.confined().createLink(temporary, target(path, node));
        DiskStamp before = stamps.now(temporary);
        placement.replace(temporary, old, path);
        return context.fileClocks().of(path.getParent()).sure(before.kept(stamps.now(path)));
    }

    private static Path target(Path path, Node node) {
        return path.getFileSystem().getPath(node.target());
    }
}
