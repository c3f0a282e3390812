package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.mounts.MountTable;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * Folders that were deleted elsewhere and stay on this device alone, because they hold what is ignored or cannot be
 * synchronised. They are no candidates as long as they hold nothing else, and nobody makes a folder in their place
 * elsewhere. Known by their inodes, so that they stay what they are wherever they are moved. Not thread-safe.
 */
public final class StayingFolders {
    /** Begins the facts; the inode of a folder follows, or its path where there are no inodes. */
    static final String FACT = "stays:";
    /** What a person is told of such a folder. */
    private final Disk disk;
    private final Trees trees;
    private final LocalPaths paths;
    private final Ignored ignored;
    private final Set<String> known = new HashSet<>();
    private boolean loaded;
    private volatile boolean deletes;

    public StayingFolders(Disk disk, Trees trees, LocalPaths paths, Ignored ignored) {
        this.disk = disk;
        this.trees = trees;
        this.paths = paths;
        this.ignored = ignored;
    }

    /** Sets whether what is ignored goes with its folder, so that none has to stay for its sake. */
    public void deletes(boolean yes) {
        deletes = yes;
    }

    /**
     * Removes what is ignored in a folder, if that is wished, so that the folder can go. What is mounted in it stays, and
     * so does all else then.
     *
     * @return whether it did so
     */
    public boolean empty(Path folder) throws IOException, TreeStoreException {
        Optional<DiskEntry> entry = disk.look(folder);
        if (!deletes || entry.isEmpty() || !MountTable.below(folder).isEmpty()
                || !isOneFileSystem(folder, entry.get().device())) {
            return false;
        }
        IgnoreScope scope = scope(folder);
        for (String name : disk.names(folder)) {
            Optional<DiskEntry> inside = disk.look(folder, name);
            boolean goes = inside.isPresent() && inside.get().kind() != null
                    && (name.equals(IgnoreProvider.FILE) || isLeftOut(folder, inside.get(), scope));
            if (goes) {
                disk.discard(folder.resolve(name));
            }
        }
        return true;
    }

    private boolean isOneFileSystem(Path folder, long device) throws IOException {
        for (String name : disk.names(folder)) {
            Optional<DiskEntry> entry = disk.look(folder, name);
            boolean isFolder = entry.isPresent() && entry.get().kind() == NodeKind.FOLDER;
            if (isFolder && (entry.get().device() != device || !isOneFileSystem(folder.resolve(name), device))) {
                return false;
            }
        }
        return true;
    }

    /** Lets a folder stay. */
    public void add(Path folder, DiskStamp stamp) throws TreeStoreException {
        load();
        known.add(name(folder, stamp));
        trees.fact(FACT + name(folder, stamp), "");
    }

    /**
     * Takes out of what is in a folder what stays here alone, unless something was put in it, or in its place
     * elsewhere: then it is a folder like all others again.
     *
     * @param known what is synchronised there
     * @return what to tell a person
     */
    List<Problem> leaveOut(NodeId folder, Path path, Map<String, DiskEntry> entries, Map<String, LocalNode> known)
            throws IOException, TreeStoreException {
        List<Problem> left = new ArrayList<>();
        for (DiskEntry entry : List.copyOf(entries.values())) {
            Path inside = path.resolve(entry.name());
            if (entry.kind() != NodeKind.FOLDER || known.containsKey(entry.name())
                    || !contains(inside, entry.stamp())) {
                continue;
            }
            String name = NodeName.normalize(entry.name());
            if (trees.store().remoteChildNamed(folder, name).isEmpty() && mayStay(inside)) {
                entries.remove(entry.name());
                left.add(new Problem(paths.display(inside), new Obstacle.StaysHere()));
            } else {
                remove(inside, entry.stamp());
            }
        }
        return left;
    }

    /** Returns whether a folder stays. */
    private boolean contains(Path folder, DiskStamp stamp) throws TreeStoreException {
        load();
        return !known.isEmpty() && known.contains(name(folder, stamp));
    }

    private void remove(Path folder, DiskStamp stamp) {
        known.remove(name(folder, stamp));
        trees.fact(FACT + name(folder, stamp), null);
    }

    /** Returns whether a folder holds something that is ignored, apart from the ignore file that says so. */
    public boolean holdsIgnored(Path folder) throws IOException, TreeStoreException {
        IgnoreScope scope = scope(folder);
        for (String name : disk.names(folder)) {
            Optional<DiskEntry> entry = disk.look(folder, name);
            if (entry.isPresent() && !name.equals(IgnoreProvider.FILE) && isLeftOut(folder, entry.get(), scope)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a folder holds something, and nothing that could be synchronised. */
    public boolean mayStay(Path folder) throws IOException, TreeStoreException {
        IgnoreScope scope = scope(folder);
        boolean holdsAny = false;
        for (String name : disk.names(folder)) {
            Optional<DiskEntry> entry = disk.look(folder, name);
            boolean isIgnoreFile = name.equals(IgnoreProvider.FILE);
            // Where there is a name and no entry, its bytes are no text.
            if (entry.isPresent() && !isIgnoreFile && !isLeftOut(folder, entry.get(), scope)) {
                return false;
            }
            holdsAny |= !isIgnoreFile;
        }
        return holdsAny;
    }

    private boolean isLeftOut(Path folder, DiskEntry entry, IgnoreScope scope) throws TreeStoreException {
        boolean isFolder = entry.kind() == NodeKind.FOLDER;
        return entry.kind() == null || entry.name().equals(FolderMarker.FOLDER)
                || scope.ignores(NodeName.normalize(entry.name()), isFolder)
                || isFolder && contains(folder.resolve(entry.name()), entry.stamp());
    }

    private IgnoreScope scope(Path folder) throws IOException {
        return ignored.in(folder, disk.look(folder.resolve(IgnoreProvider.FILE)).orElse(null)).scope();
    }

    private void load() throws TreeStoreException {
        if (!loaded) {
            trees.store().factNames(FACT).forEach(fact -> known.add(fact.substring(FACT.length())));
            loaded = true;
        }
    }

    private String name(Path folder, DiskStamp stamp) {
        return stamp.key().isEmpty() ? paths.display(folder) : stamp.key();
    }
}
