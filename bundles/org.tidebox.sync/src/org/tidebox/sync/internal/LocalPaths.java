package org.tidebox.sync.internal;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.NodeId;

/** Where nodes lie on the disk. Remembers folders until one of them moves. Not thread-safe. */
public final class LocalPaths {
    private final Path root;
    private final Trees trees;
    private final Map<NodeId, Path> folders = new HashMap<>();

    /** Begins without knowing any place. */
    public LocalPaths(Path root, Trees trees) {
        this.root = root;
        this.trees = trees;
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

    /** Returns the path of a node. */
    public Path of(LocalNode node) throws TreeStoreException {
        return folder(node.parent()).resolve(node.diskName());
    }

    /** Returns a path relative to the root, with slashes. */
    public String display(Path path) {
        return root.relativize(path).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    /** Forgets all places: a folder moved, or time has passed. */
    public void forget() {
        folders.clear();
    }
}
