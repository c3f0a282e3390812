package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.Context;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
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
 * @param deep whether what lies in it is scanned, too
 */
record ScanTask(NodeId id, Path path, String key, long device, boolean deep) {
    /** Returns where to begin: each folder once, and a folder before what lies in it, since that may have moved. */
    static List<ScanTask> of(ScanScope scope, Context context) throws IOException, TreeStoreException {
        Map<NodeId, ScanTask> found = new HashMap<>();
        for (Path subtree : sorted(scope.subtrees())) {
            ScanTask task = locate(subtree, true, context);
            found.merge(task.id, task, (one, other) -> one.deep ? one : other);
        }
        Set<Path> folders = new HashSet<>(scope.folders());
        Stream.of(scope.there(), scope.gone()).flatMap(Set::stream)
                .forEach(entry -> folders.add(entry.getParent() == null ? Path.of("") : entry.getParent()));
        for (Path folder : sorted(folders)) {
            ScanTask task = locate(folder, false, context);
            found.putIfAbsent(task.id, task);
        }
        return found.values().stream().sorted(Comparator
                .<ScanTask>comparingInt(task -> task.path.getNameCount()).thenComparing(task -> task.path)).toList();
    }

    /** A set has another order in each process; what a seed replays must be looked at in the same order. */
    private static List<Path> sorted(Set<Path> paths) {
        return paths.stream().sorted(Comparator.comparing(Path::toString)).toList();
    }

    /** Finds the folder at a path, or the nearest one above it that is known, there, and the same as it was. */
    private static ScanTask locate(Path path, boolean deep, Context context) throws IOException, TreeStoreException {
        Path relative = path.isAbsolute() ? context.root().relativize(path) : path;
        NodeId id = NodeId.ROOT;
        Path at = context.root();
        String key = "";
        long device = context.mounts().device(at);
        for (Path name : relative) {
            Path next = at.resolve(name.toString());
            Optional<LocalNode> node = name.toString().isEmpty()
                    ? Optional.empty()
                    : context.trees().store().childNamed(id, NodeName.normalize(name.toString()));
            if (name.toString().isEmpty()) {
                continue;
            }
            Optional<DiskEntry> entry = node.filter(known -> known.kind() == NodeKind.FOLDER).isPresent()
                    ? lookAt(next, node.get().stamp().key(), context.disk())
                    : Optional.empty();
            if (entry.isEmpty()) {
                return new ScanTask(id, at, key, device, false);
            }
            id = node.get().id();
            at = next;
            key = node.get().stamp().key();
            device = entry.get().device();
        }
        return new ScanTask(id, at, key, device, deep);
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

    /** Returns the task to look at the folder's own entries once more. */
    ScanTask again() {
        return new ScanTask(id, path, key, device, false);
    }

    /** Returns the task to look at everything in it. */
    ScanTask deeper() {
        return new ScanTask(id, path, key, device, true);
    }
}
