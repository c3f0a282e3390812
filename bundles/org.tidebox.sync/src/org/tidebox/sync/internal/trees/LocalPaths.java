package org.tidebox.sync.internal.trees;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.disk.ShownPath;
import org.tidebox.tree.NodeId;

/** Where nodes lie on the disk. Remembers folders until one of them moves. Not thread-safe. */
public final class LocalPaths {
    /**
     * Devices, whatever their ending, and names whose ending Windows drops: it takes them without an error, but what it
     * makes has another name, so that the next scan would take the entry for deleted.
     */
    private static final Pattern WINDOWS_CHANGES = Pattern
            .compile("(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])[ ]*(\\..*)?|.*[. ]", Pattern.DOTALL);

    private final Path root;
    private final Trees trees;
    private final boolean windows;
    private final Map<NodeId, Path> folders = new HashMap<>();

    /** Begins without knowing any place. */
    public LocalPaths(Path root, Trees trees) {
        this.root = root;
        this.trees = trees;
        this.windows = root.getFileSystem().getSeparator().equals("\\");
    }

    /** Returns the path of a folder; of a deleted one: where it was. */
    public Path folder(NodeId id) throws TreeStoreException {
        Deque<NodeId> ids = new ArrayDeque<>();
        Deque<String> names = new ArrayDeque<>();
        NodeId at = id;
        while (!at.equals(NodeId.ROOT) && !folders.containsKey(at)) {
            LocalNode node = trees.triple(at).local();
            if (node == null) {
                throw new IllegalStateException("node " + at + " has no place on the disk");
            }
            ids.push(at);
            names.push(node.diskName());
            at = node.parent();
        }
        Path path = at.equals(NodeId.ROOT) ? root : folders.get(at);
        while (!ids.isEmpty()) {
            path = path.resolve(names.pop());
            folders.put(ids.pop(), path);
        }
        return path;
    }

    /** Returns whether a folder and all above it are on the disk; a step that should have made it may have failed. */
    public boolean isHere(NodeId folder) throws TreeStoreException {
        NodeId at = folder;
        while (!at.equals(NodeId.ROOT)) {
            Triple triple = trees.triple(at);
            if (!triple.isHere()) {
                return false;
            }
            at = triple.local().parent();
        }
        return true;
    }

    /** Returns whether it is known where a folder is, or was when it was deleted. */
    public boolean isPlaced(NodeId folder) throws TreeStoreException {
        NodeId at = folder;
        while (!at.equals(NodeId.ROOT)) {
            LocalNode node = trees.triple(at).local();
            if (node == null) {
                return false;
            }
            at = node.parent();
        }
        return true;
    }

    /** Returns the path of a node. */
    public Path of(LocalNode node) throws TreeStoreException {
        return folder(node.parent()).resolve(node.diskName());
    }

    /**
     * Returns where a node would be put that is not there yet.
     *
     * @throws InvalidPathException if this system cannot hold the name
     */
    public Path place(NodeId parent, String name) throws TreeStoreException {
        if (windows && WINDOWS_CHANGES.matcher(name).matches()) {
            throw new InvalidPathException(name, "Windows reserves it, or would change it");
        }
        return folder(parent).resolve(name);
    }

    /** Returns a path relative to the root, with slashes. */
    public String display(Path path) {
        return ShownPath.of(root, path);
    }

    /** Returns the path of an entry relative to the root, with slashes, also if its name is one that no path can have. */
    public String display(Path folder, String name) {
        return folder.equals(root) ? name : display(folder) + "/" + name;
    }

    /** Forgets all places: a folder moved, or time has passed. */
    public void forget() {
        folders.clear();
    }
}
