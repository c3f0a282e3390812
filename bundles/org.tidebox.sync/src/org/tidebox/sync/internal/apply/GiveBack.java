package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.confined.NotRealFolderException;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.ConflictCopy;
import org.tidebox.sync.internal.Context;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.trees.ConflictId;
import org.tidebox.sync.internal.trees.ConflictName;
import org.tidebox.sync.internal.trees.Entries;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Gives entries of the temporary folder a place in the sync folder, where nothing is replaced by them. */
final class GiveBack {
    private final Context context;
    private final Writable writable;

    GiveBack(Context context) {
        this.context = context;
        this.writable = new Writable(context.disk());
    }

    /**
     * Moves an entry to a free place.
     *
     * @param kind what it is
     * @param links whether the file system has hard links, so that there is no instant between a look and the move
     * @throws FileAlreadyExistsException if something is there; then nothing was done
     */
    void put(NodeKind kind, Path taken, Path to, boolean links) throws IOException {
        if (kind == NodeKind.LINK) {
            Path target = context.confined().at(taken, Files::readSymbolicLink);
            writable.in(to.getParent(), () -> context.confined().createLink(to, target));
            context.confined().delete(taken);
        } else if (kind == NodeKind.FILE && links) {
            writable.in(to.getParent(), () -> context.confined().addName(to, taken));
            context.confined().delete(taken);
        } else {
            writable.in(to.getParent(), () -> context.confined().move(taken, to, () -> {
                if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(to.toString());
                }
            }));
        }
        context.durability().touched(to.getParent());
    }

    /** Moves an entry to where it was, or, if that is taken, beside it. */
    void back(Kept kept, boolean links) throws IOException, TreeStoreException {
        try {
            put(kind(kept.path()), kept.path(), kept.place(), links);
            context.rescan().entry(kept.place());
        } catch (FileAlreadyExistsException | NoSuchFileException | NotRealFolderException e) {
            beside(kept, links);
        }
    }

    /** Makes an entry a conflict copy beside where it was, or at the top if that folder is gone. */
    void beside(Kept kept, boolean links) throws IOException, TreeStoreException {
        Path folder = context.disk().isFolder(kept.place().getParent())
                ? kept.place().getParent()
                : context.mounts().top(kept.place().getParent());
        NodeKind kind = kind(kept.path());
        Instant now = context.clock().instant();
        for (int attempt = 1;; attempt++) {
            Path to = folder.resolve(ConflictName.of(kept.place().getFileName().toString(), kind, context.device(),
                    now, ZoneId.systemDefault(), attempt));
            try {
                put(kind, kept.path(), to, links);
                tell(kept, to, now);
                return;
            } catch (FileAlreadyExistsException e) {
                // Another copy has that name; the next attempt has the next number.
                continue;
            }
        }
    }

    private NodeKind kind(Path path) throws IOException {
        return context.disk().look(path).orElseThrow(() -> new NoSuchFileException(path.toString())).kind();
    }

    /** A file is known at once, so that what both sides came from is remembered with it. */
    private void tell(Kept kept, Path to, Instant now) throws IOException, TreeStoreException {
        context.progress().conflict(new ConflictCopy(context.paths().display(to), kept.place().getFileName().toString(),
                now));
        context.rescan().entry(to);
        LocalNode node = kept.node();
        if (node != null && kept.base() != null && to.getParent().equals(kept.place().getParent())) {
            NodeId id = ConflictId.of(node.id(), kept.base(), context.random());
            Optional<DiskEntry> entry = context.disk().look(to);
            Optional<LocalNode> copy = entry.isEmpty() || entry.get().kind() != NodeKind.FILE
                    ? Optional.empty()
                    : Entries.create(id, node.parent(), entry.get(), to);
            if (copy.isPresent()) {
                context.trees().putLocal(copy.get());
            }
        }
    }

    /** Returns all that is kept in a temporary folder. */
    static List<Path> leftovers(Path temporary) throws IOException {
        if (!Files.isDirectory(temporary)) {
            return List.of();
        }
        try (var stream = Files.list(temporary)) {
            return stream.sorted().toList();
        }
    }
}
