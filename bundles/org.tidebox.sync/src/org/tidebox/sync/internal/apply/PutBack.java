package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.confined.NotRealFolderException;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.ConflictCopy;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.MountPoints;
import org.tidebox.sync.internal.disk.Rescan;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.ConflictId;
import org.tidebox.sync.internal.trees.ConflictName;
import org.tidebox.sync.internal.trees.Entries;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Gives entries of the temporary folder a place in the sync folder, where nothing is replaced by them. */
final class PutBack {
    private final ConfinedRoot confined;
    private final Disk disk;
    private final Durability durability;
    private final MountPoints mounts;
    private final Trees trees;
    private final LocalPaths paths;
    private final Rescan rescan;
    private final Progress progress;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String device;
    private final Writable writable;

    PutBack(FolderDisk here, FolderTrees known, Work work, String device) {
        this.confined = here.confined();
        this.disk = here.disk();
        this.durability = here.durability();
        this.mounts = here.mounts();
        this.trees = known.trees();
        this.paths = known.paths();
        this.rescan = known.rescan();
        this.progress = work.progress();
        this.clock = work.clock();
        this.random = work.random();
        this.device = device;
        this.writable = new Writable(here.disk());
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
            Path target = confined.at(taken, Files::readSymbolicLink);
            writable.in(to.getParent(), () -> confined.createLink(to, target));
            confined.delete(taken);
        } else if (kind == NodeKind.FILE && links) {
            writable.in(to.getParent(), () -> confined.addName(to, taken));
            confined.delete(taken);
        } else {
            writable.in(to.getParent(), () -> confined.move(taken, to, () -> {
                if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(to.toString());
                }
            }));
        }
        durability.touched(to.getParent());
    }

    /** Moves an entry to where it was, or, if that is taken, beside it. */
    void back(SetAside kept, boolean links) throws IOException, TreeStoreException {
        try {
            put(kind(kept.path()), kept.path(), kept.place(), links);
            rescan.entry(kept.place());
        } catch (FileAlreadyExistsException | NoSuchFileException | NotRealFolderException e) {
            beside(kept, links);
        }
    }

    /** Makes an entry a conflict copy beside where it was, or at the top if that folder is gone. */
    void beside(SetAside kept, boolean links) throws IOException, TreeStoreException {
        Path folder = disk.isFolder(kept.place().getParent())
                ? kept.place().getParent()
                : mounts.top(kept.place().getParent());
        NodeKind kind = kind(kept.path());
        Instant now = clock.instant();
        for (int attempt = 1;; attempt++) {
            Path to = folder.resolve(ConflictName.of(kept.place().getFileName().toString(), kind, device,
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
        return disk.look(path).orElseThrow(() -> new NoSuchFileException(path.toString())).kind();
    }

    /** A file is known at once, so that what both sides came from is remembered with it. */
    private void tell(SetAside kept, Path to, Instant now) throws IOException, TreeStoreException {
        progress.conflict(new ConflictCopy(paths.display(to), kept.place().getFileName().toString(),
                now));
        rescan.entry(to);
        LocalNode node = kept.node();
        if (node != null && kept.base() != null && to.getParent().equals(kept.place().getParent())) {
            NodeId id = ConflictId.of(node.id(), kept.base(), random);
            Optional<DiskEntry> entry = disk.look(to);
            Optional<LocalNode> copy = entry.isEmpty() || entry.get().kind() != NodeKind.FILE
                    ? Optional.empty()
                    : Entries.create(id, node.parent(), entry.get(), to);
            if (copy.isPresent()) {
                trees.putLocal(copy.get());
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
