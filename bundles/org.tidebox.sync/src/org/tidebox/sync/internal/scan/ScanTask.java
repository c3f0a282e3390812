package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * A folder that is to be scanned.
 *
 * @param id its node
 * @param path where it is
 * @param key its inode as it was when the task was made; empty for the root
 * @param device the file system that it is on
 * @param extent how much of it is scanned
 * @param names the entries that are looked at if not all are; each with whether somebody saw that it left its place
 */
record ScanTask(NodeId id, Path path, String key, long device, Extent extent, SortedMap<String, Boolean> names) {
    private static final SortedMap<String, Boolean> ALL = Collections.emptySortedMap();

    /** How much of a folder is scanned; each covers those before it. */
    enum Extent {
        /** Some of its entries. */
        NAMED,
        /** All its entries. */
        ENTRIES,
        /** All in it. */
        DEEP
    }

    /** Makes the task to scan everything in a folder. */
    static ScanTask deep(NodeId id, Path path, String key, long device) {
        return new ScanTask(id, path, key, device, Extent.DEEP, ALL);
    }

    /** Returns where to begin: each folder once, and a folder before what lies in it, since that may have moved. */
    static List<ScanTask> of(ScanScope scope, FolderDisk here, Trees trees, Mounts mounts)
            throws IOException, TreeStoreException {
        Map<NodeId, ScanTask> found = new HashMap<>();
        for (Path subtree : sorted(scope.subtrees())) {
            add(found, locate(subtree, Extent.DEEP, ALL, here, trees, mounts));
        }
        for (Path folder : sorted(scope.folders())) {
            add(found, locate(folder, Extent.ENTRIES, ALL, here, trees, mounts));
        }
        Map<Path, SortedMap<String, Boolean>> named = new HashMap<>();
        scope.there().forEach(entry -> name(entry, false, named));
        scope.gone().forEach(entry -> name(entry, true, named));
        for (Path folder : sorted(named.keySet())) {
            add(found, locate(folder, Extent.NAMED, named.get(folder), here, trees, mounts));
        }
        return found.values().stream().sorted(Comparator
                .<ScanTask>comparingInt(task -> task.path.getNameCount()).thenComparing(task -> task.path)).toList();
    }

    private static void name(Path entry, boolean isGone, Map<Path, SortedMap<String, Boolean>> named) {
        Path folder = entry.getParent() == null ? entry.getFileSystem().getPath("") : entry.getParent();
        named.computeIfAbsent(folder, key -> new TreeMap<>()).merge(entry.getFileName().toString(), isGone,
                Boolean::logicalOr);
    }

    private static void add(Map<NodeId, ScanTask> found, ScanTask task) {
        found.merge(task.id, task, ScanTask::and);
    }

    private ScanTask and(ScanTask other) {
        if (extent != other.extent || extent != Extent.NAMED) {
            return extent.compareTo(other.extent) >= 0 ? this : other;
        }
        SortedMap<String, Boolean> all = new TreeMap<>(names);
        other.names.forEach((name, isGone) -> all.merge(name, isGone, Boolean::logicalOr));
        return new ScanTask(id, path, key, device, extent, all);
    }

    /** A set has another order in each process; what a seed replays must be looked at in the same order. */
    private static List<Path> sorted(Set<Path> paths) {
        return paths.stream().sorted(Comparator.comparing(Path::toString)).toList();
    }

    /** Finds the folder at a path, or the nearest one above it that is known, there, and the same as it was. */
    private static ScanTask locate(Path path, Extent extent, SortedMap<String, Boolean> names,
            FolderDisk here, Trees trees, Mounts mounts)
            throws IOException, TreeStoreException {
        Path relative = path.isAbsolute() ? here.root().relativize(path) : path;
        NodeId id = NodeId.ROOT;
        Path at = here.root();
        String key = "";
        long device = mounts.device(at);
        for (Path part : relative) {
            String name = part.toString();
            if (name.isEmpty()) {
                continue;
            }
            Path next = at.resolve(name);
            Optional<LocalNode> node = trees.store().childNamed(id, NodeName.normalize(name));
            Optional<DiskEntry> entry = node.filter(known -> known.kind() == NodeKind.FOLDER).isPresent()
                    ? lookAt(next, node.get().stamp().key(), here.disk())
                    : Optional.empty();
            if (entry.isEmpty()) {
                // What is new is found by its name; a folder that is gone may have left for another name.
                boolean isNamed = extent == Extent.NAMED || node.isEmpty();
                return isNamed
                        ? new ScanTask(id, at, key, device, Extent.NAMED, new TreeMap<>(Map.of(name, false)))
                        : new ScanTask(id, at, key, device, Extent.ENTRIES, ALL);
            }
            id = node.get().id();
            at = next;
            key = node.get().stamp().key();
            device = entry.get().device();
        }
        return new ScanTask(id, at, key, device, extent, names);
    }

    /** What does not answer is found out by a look at the folder above. */
    private static Optional<DiskEntry> lookAt(Path folder, String key, Disk disk) {
        try {
            return disk.look(folder)
                    .filter(entry -> entry.kind() == NodeKind.FOLDER && entry.stamp().key().equals(key));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the folder is still the one that the task was made for. */
    boolean isThere(Disk disk) {
        return lookAt(path, key, disk).isPresent();
    }

    /** Returns whether everything in it is scanned. */
    boolean isDeep() {
        return extent == Extent.DEEP;
    }

    /** Returns whether some of its entries are looked at alone. */
    boolean isNamed() {
        return extent == Extent.NAMED;
    }

    /** Returns the task to look at all entries of the folder. */
    ScanTask entries() {
        return new ScanTask(id, path, key, device, Extent.ENTRIES, ALL);
    }

    /** Returns the task to look at everything in it. */
    ScanTask deeper() {
        return deep(id, path, key, device);
    }
}
