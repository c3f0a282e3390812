package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.internal.disk.Abilities;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.KeptName;
import org.tidebox.sync.internal.disk.MountPoints;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.ConflictName;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Puts entries in their places, moves and removes them, and takes nothing away that another program wrote between the
 * last look and the change: no file system call looks and replaces in one, but each of these leaves what it takes
 * away reachable until it was looked at again. What is new is put in place by a hard link, which never replaces; what
 * is replaced keeps a second name; what is removed or moved is first taken out as it is, by a rename. On file systems
 * without hard links the last look is all there is for what is new, replaced or moved.
 */
public final class Placement {
    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

    private final FolderTrees known;
    private final ConfinedRoot confined;
    private final Disk disk;
    private final Guard guard;
    private final Durability durability;
    private final Path root;
    private final MountPoints mounts;
    private final Trees trees;
    private final LocalPaths paths;
    private final Problems problems;
    private final RandomGenerator random;
    private final String device;
    private final Writable writable;
    private final PutBack putBack;
    private final List<SetAside> replaced = new ArrayList<>();
    private final Set<Path> made = new HashSet<>();
    /** By the top of the file system. */
    private final Map<Path, Abilities> abilities = new HashMap<>();

    public Placement(FolderDisk here, FolderTrees known, Work work, String device) {
        this.known = known;
        this.confined = here.confined();
        this.disk = here.disk();
        this.guard = here.guard();
        this.durability = here.durability();
        this.root = here.root();
        this.mounts = here.mounts();
        this.trees = known.trees();
        this.paths = known.paths();
        this.problems = work.problems();
        this.random = work.random();
        this.device = device;
        this.writable = new Writable(here.disk());
        this.putBack = new PutBack(here, known, work, device);
    }

    /** Returns what the file system of a folder can do. */
    Abilities abilities(Path folder) {
        Path top = mounts.top(folder);
        Abilities known = abilities.get(top);
        if (known == null) {
            try {
                known = Abilities.of(temporary(folder), confined, disk);
            } catch (IOException e) {
                LOG.debug("Cannot try what the file system of {} can do: {}", top, e.getMessage());
                return Abilities.NONE;
            }
            abilities.put(top, known);
        }
        return known;
    }

    /** Returns the folder for temporary files of the file system of a folder, and makes it where it is not the root's. */
    public Path temporary(Path folder) throws IOException {
        Path top = mounts.top(folder);
        Path temporary = FolderMarker.temporary(top);
        if (!top.equals(root) && made.add(temporary)) {
            try {
                confined.createFolders(temporary);
                disk.setMode(temporary.getParent(), FolderMarker.OWNER_ONLY);
            } catch (IOException e) {
                made.remove(temporary);
                throw new ObstacleException(new Obstacle.NoTemporaryFolder(paths.display(top), FolderMarker.FOLDER,
                        Reasons.of(e)), e);
            }
        }
        return temporary;
    }

    /** Returns a name for a conflict copy: at the first attempt the plain one, then numbered ones. */
    String conflictName(String name, NodeKind kind, Instant time, int attempt) {
        return ConflictName.of(name, kind, device, time, ZoneId.systemDefault(), attempt);
    }

    /** Gives a temporary file its place. */
    public void create(Path temporary, Path target) throws IOException, StaleException {
        if (!abilities(target.getParent()).links()) {
            writable.in(target.getParent(),
                    () -> confined.move(temporary, target, () -> guard.free(target)));
            return;
        }
        guard.realFolder(target.getParent());
        try {
            writable.in(target.getParent(), () -> confined.addName(target, temporary));
        } catch (FileAlreadyExistsException e) {
            guard.free(target);
            throw new StaleException(target.getParent(), target + " appeared");
        }
        confined.delete(temporary);
    }

    /**
     * Lets a temporary file take the place of an entry; {@link #settle} must follow.
     *
     * @param old what the entry is
     */
    public void replace(Path temporary, Triple old, Path target) throws IOException, StaleException {
        LocalNode node = old.local();
        boolean[] looked = new boolean[1];
        try {
            writable.in(target.getParent(), () -> confined.move(temporary, target, () -> {
                looked[0] = false;
                keepUnchanged(old, target);
                looked[0] = true;
            }));
        } catch (IOException e) {
            if (looked[0]) {
                guard.same(node, target);
            }
            throw e;
        }
    }

    private void keepUnchanged(Triple old, Path target) throws IOException, StaleException {
        LocalNode node = old.local();
        guard.unchanged(node, target);
        Optional<Path> kept = node.kind() == NodeKind.FILE ? keep(node, target) : Optional.empty();
        kept.ifPresent(path -> replaced.add(new SetAside(path, node, target, base(old))));
    }

    /** Gives a file a second name; empty where that is not possible. */
    private Optional<Path> keep(LocalNode old, Path target) throws IOException, StaleException {
        if (abilities(target.getParent()).links()) {
            Path kept = temporary(target.getParent()).resolve(KeptName.old(old, random));
            try {
                confined.addName(kept, target);
                return Optional.of(kept);
            } catch (NoSuchFileException e) {
                throw new StaleException(target.getParent(), target + " is gone");
            } catch (IOException e) {
                LOG.debug("Cannot give {} a second name: {}", target, e.getMessage());
                guard.unchanged(old, target);
            }
        }
        return Optional.empty();
    }

    /** Looks once more at all that was replaced: what was changed meanwhile becomes a conflict copy. */
    public void settle() throws TreeStoreException {
        for (SetAside kept : replaced) {
            try {
                if (mayGo(kept.path())) {
                    confined.deleteIfExists(kept.path());
                } else {
                    putBack.beside(kept, abilities(kept.place().getParent()).links());
                }
            } catch (IOException e) {
                stays(kept, e);
            }
        }
        replaced.clear();
    }

    /** Removes an entry. */
    void remove(Triple triple, Path path) throws IOException, StaleException, TreeStoreException {
        remove(triple.local(), base(triple), path);
    }

    /**
     * Removes an entry.
     *
     * @param base the sequence of the version that both sides last agreed on; {@code null} if there is none
     */
    void remove(LocalNode node, Long base, Path path) throws IOException, StaleException, TreeStoreException {
        guard.unchanged(node, path);
        Optional<Path> taken = node.kind() == NodeKind.FOLDER
                ? Optional.empty()
                : take(path, KeptName.old(node, random));
        if (taken.isEmpty()) {
            writable.in(path.getParent(), () -> confined.delete(path));
        } else if (mayGo(taken.get())) {
            confined.delete(taken.get());
        } else {
            back(new SetAside(taken.get(), node, path, base));
            throw new StaleException(path.getParent(), path + " changed");
        }
    }

    /** Moves a file or link to a place where nothing is. */
    void move(LocalNode node, Path from, Path to) throws IOException, StaleException, TreeStoreException {
        guard.free(to);
        boolean looksOnly = node.kind() == NodeKind.FILE && !abilities(from.getParent()).links();
        Optional<Path> taken = looksOnly ? Optional.empty() : take(from, KeptName.moved(node, random));
        if (taken.isEmpty()) {
            writable.in(from.getParent(), () -> writable.in(to.getParent(),
                    () -> confined.move(from, to, () -> guard.free(to))));
            return;
        }
        try {
            putBack.put(node.kind(), taken.get(), to, abilities(to.getParent()).links());
        } catch (IOException e) {
            back(new SetAside(taken.get(), node, from, null));
            if (e instanceof FileAlreadyExistsException) {
                throw new StaleException(to.getParent(), to + " appeared");
            }
            throw e;
        }
    }

    /** Takes an entry out as it is; empty if it lies on another file system than the temporary folder. */
    private Optional<Path> take(Path path, String name) throws IOException, StaleException {
        Path taken = temporary(path.getParent()).resolve(name);
        try {
            writable.in(path.getParent(), () -> confined.move(path, taken));
            return Optional.of(taken);
        } catch (NoSuchFileException e) {
            throw new StaleException(path.getParent(), path + " is gone");
        } catch (AtomicMoveNotSupportedException e) {
            return Optional.empty();
        }
    }

    /**
     * Brings what a crash left in the temporary folder of a file system back to where it belongs, and throws away what
     * is known.
     */
    public void recover(Path top) throws IOException, TreeStoreException {
        made.clear();
        if (top.equals(root)) {
            confined.createFolders(FolderMarker.temporary(top));
        }
        for (Path path : PutBack.leftovers(FolderMarker.temporary(top))) {
            Optional<NodeId> id = KeptName.node(path.getFileName().toString());
            if (id.isEmpty()) {
                disk.discard(path);
            } else if (mayGo(path)) {
                confined.deleteIfExists(path);
            } else {
                LocalNode node = trees.triple(id.get()).local();
                boolean placed = node != null && paths.isHere(node.parent());
                back(new SetAside(path, node, placed ? paths.of(node) : root.resolve(name(node)),
                        null));
            }
        }
        durability.folders();
    }

    private static String name(LocalNode node) {
        return node == null ? "recovered" : node.diskName();
    }

    private static Long base(Triple triple) {
        return triple.base() == null ? null : triple.base().sequence();
    }

    /** What has another name is not lost with this one, and what nobody changed is known to the server. */
    private boolean mayGo(Path kept) throws IOException {
        Optional<DiskEntry> entry = disk.look(kept);
        return entry.isEmpty() || KeptName.mayGo(kept.getFileName().toString(), entry.get().stamp())
                || entry.get().kind() == NodeKind.FILE && disk.linkCount(kept) > 1;
    }

    private void back(SetAside kept) throws TreeStoreException {
        try {
            putBack.back(kept, abilities(kept.place().getParent()).links());
        } catch (IOException e) {
            stays(kept, e);
        }
    }

    private void stays(SetAside kept, IOException e) throws TreeStoreException {
        Obstacle reason = new Obstacle.SetAside(paths.display(kept.path()), Reasons.of(e));
        LOG.warn("{}: {}", kept.place(), reason);
        if (kept.node() != null) {
            problems.failed(kept.node().id(), paths.display(kept.place()), reason);
        }
    }
}
