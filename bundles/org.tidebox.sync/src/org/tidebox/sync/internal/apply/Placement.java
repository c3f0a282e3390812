package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.internal.Context;
import org.tidebox.sync.internal.disk.Abilities;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.disk.KeptName;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.report.Reasons;
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
    private static final int OWNER_MAY_ALL = 0700;

    private final Context context;
    private final Writable writable;
    private final GiveBack giveBack;
    private final List<Kept> replaced = new ArrayList<>();
    private final Set<Path> made = new HashSet<>();
    /** By the top of the file system. */
    private final Map<Path, Abilities> abilities = new HashMap<>();

    public Placement(Context context) {
        this.context = context;
        this.writable = new Writable(context.disk());
        this.giveBack = new GiveBack(context);
    }

    /** Returns what the file system of a folder can do. */
    Abilities abilities(Path folder) {
        Path top = context.mounts().top(folder);
        Abilities known = abilities.get(top);
        if (known == null) {
            try {
                known = Abilities.of(temporary(folder), context.confined(), context.disk());
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
        Path top = context.mounts().top(folder);
        Path temporary = FolderMarker.temporary(top);
        if (!top.equals(context.root()) && made.add(temporary)) {
            try {
                context.confined().createFolders(temporary);
                context.disk().setMode(temporary.getParent(), FolderMarker.OWNER_ONLY);
            } catch (IOException e) {
                made.remove(temporary);
                throw new ObstacleException(new Obstacle.NoTemporaryFolder(context.paths().display(top), FolderMarker.FOLDER,
                        Reasons.of(e)), e);
            }
        }
        return temporary;
    }

    /** Gives a temporary file its place. */
    public void create(Path temporary, Path target) throws IOException, StaleException {
        if (!abilities(target.getParent()).links()) {
            writable.in(target.getParent(),
                    () -> context.confined().move(temporary, target, () -> context.guard().free(target)));
            return;
        }
        context.guard().realFolder(target.getParent());
        try {
            writable.in(target.getParent(), () -> context.confined().addName(target, temporary));
        } catch (FileAlreadyExistsException e) {
            context.guard().free(target);
            throw new StaleException(target.getParent(), target + " appeared");
        }
        context.confined().delete(temporary);
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
            writable.in(target.getParent(), () -> context.confined().move(temporary, target, () -> {
                looked[0] = false;
                keepUnchanged(old, target);
                looked[0] = true;
            }));
        } catch (IOException e) {
            if (looked[0]) {
                context.guard().same(node, target);
            }
            throw e;
        }
    }

    private void keepUnchanged(Triple old, Path target) throws IOException, StaleException {
        LocalNode node = old.local();
        context.guard().unchanged(node, target);
        Optional<Path> kept = node.kind() == NodeKind.FILE ? keep(node, target) : Optional.empty();
        kept.ifPresent(path -> replaced.add(new Kept(path, node, target, base(old))));
    }

    /** Gives a file a second name; empty where that is not possible. */
    private Optional<Path> keep(LocalNode old, Path target) throws IOException, StaleException {
        if (abilities(target.getParent()).links()) {
            Path kept = temporary(target.getParent()).resolve(KeptName.old(old, context.random()));
            try {
                context.confined().addName(kept, target);
                return Optional.of(kept);
            } catch (NoSuchFileException e) {
                throw new StaleException(target.getParent(), target + " is gone");
            } catch (IOException e) {
                LOG.debug("Cannot give {} a second name: {}", target, e.getMessage());
                context.guard().unchanged(old, target);
            }
        }
        return Optional.empty();
    }

    /** Looks once more at all that was replaced: what was changed meanwhile becomes a conflict copy. */
    public void settle() throws TreeStoreException {
        for (Kept kept : replaced) {
            try {
                if (mayGo(kept.path())) {
                    context.confined().deleteIfExists(kept.path());
                } else {
                    giveBack.beside(kept, abilities(kept.place().getParent()).links());
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
        context.guard().unchanged(node, path);
        Optional<Path> taken = node.kind() == NodeKind.FOLDER
                ? Optional.empty()
                : take(path, KeptName.old(node, context.random()));
        if (taken.isEmpty()) {
            writable.in(path.getParent(), () -> context.confined().delete(path));
        } else if (mayGo(taken.get())) {
            context.confined().delete(taken.get());
        } else {
            back(new Kept(taken.get(), node, path, base));
            throw new StaleException(path.getParent(), path + " changed");
        }
    }

    /** Moves a file or link to a place where nothing is. */
    void move(LocalNode node, Path from, Path to) throws IOException, StaleException, TreeStoreException {
        context.guard().free(to);
        boolean looksOnly = node.kind() == NodeKind.FILE && !abilities(from.getParent()).links();
        Optional<Path> taken = looksOnly ? Optional.empty() : take(from, KeptName.moved(node, context.random()));
        if (taken.isEmpty()) {
            writable.in(from.getParent(), () -> writable.in(to.getParent(),
                    () -> context.confined().move(from, to, () -> context.guard().free(to))));
            return;
        }
        try {
            giveBack.put(node.kind(), taken.get(), to, abilities(to.getParent()).links());
        } catch (IOException e) {
            back(new Kept(taken.get(), node, from, null));
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
            writable.in(path.getParent(), () -> context.confined().move(path, taken));
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
        if (top.equals(context.root())) {
            context.confined().createFolders(FolderMarker.temporary(top));
        }
        for (Path path : GiveBack.leftovers(FolderMarker.temporary(top))) {
            Optional<NodeId> id = KeptName.node(path.getFileName().toString());
            if (id.isEmpty()) {
                discard(path);
            } else if (mayGo(path)) {
                context.confined().deleteIfExists(path);
            } else {
                LocalNode node = context.trees().triple(id.get()).local();
                boolean placed = node != null && context.paths().isHere(node.parent());
                back(new Kept(path, node, placed ? context.paths().of(node) : context.root().resolve(name(node)),
                        null));
            }
        }
        context.durability().folders();
    }

    /** Throws away what was being put together in the temporary folder, be it a file or a tree of them. */
    public void discard(Path path) throws IOException {
        if (context.disk().isFolder(path)) {
            context.disk().setMode(path, OWNER_MAY_ALL);
            for (String name : context.disk().names(path)) {
                discard(path.resolve(name));
            }
        }
        context.confined().deleteIfExists(path);
    }

    private static String name(LocalNode node) {
        return node == null ? "recovered" : node.diskName();
    }

    private static Long base(Triple triple) {
        return triple.base() == null ? null : triple.base().sequence();
    }

    /** What has another name is not lost with this one, and what nobody changed is known to the server. */
    private boolean mayGo(Path kept) throws IOException {
        Optional<DiskEntry> entry = context.disk().look(kept);
        return entry.isEmpty() || KeptName.mayGo(kept.getFileName().toString(), entry.get().stamp())
                || entry.get().kind() == NodeKind.FILE && context.disk().linkCount(kept) > 1;
    }

    private void back(Kept kept) throws TreeStoreException {
        try {
            giveBack.back(kept, abilities(kept.place().getParent()).links());
        } catch (IOException e) {
            stays(kept, e);
        }
    }

    private void stays(Kept kept, IOException e) throws TreeStoreException {
        Obstacle reason = new Obstacle.SetAside(context.paths().display(kept.path()), Reasons.of(e));
        LOG.warn("{}: {}", kept.place(), reason);
        if (kept.node() != null) {
            context.problems().failed(kept.node().id(), context.paths().display(kept.place()), reason);
        }
    }
}
