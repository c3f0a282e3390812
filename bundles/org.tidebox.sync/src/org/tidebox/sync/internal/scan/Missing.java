package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.mounts.Mount;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.trees.KnownNames;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Nodes that a scan has not found where they were. What turned up elsewhere is <em>claimed</em>; what is found nowhere
 * by the end of the scan is gone. Made for one scan.
 */
final class Missing {
    private final Trees trees;
    private final Problems problems;
    private final Map<NodeId, LocalNode> nodes = new LinkedHashMap<>();
    private final Set<NodeId> claimed = new HashSet<>();
    private boolean knowsNothing;

    Missing(Trees trees, Problems problems) {
        this.trees = trees;
        this.problems = problems;
    }

    /** Begins; where nothing is known at all, nothing need be looked up. */
    void begin(boolean isNothingKnown) {
        knowsNothing = isNothingKnown;
    }

    /** Returns whether nothing is missing. */
    boolean isEmpty() {
        return nodes.isEmpty();
    }

    boolean has(NodeId id) {
        return nodes.containsKey(id);
    }

    /** A node is not missing; returns whether it was. */
    boolean found(NodeId id) {
        return nodes.remove(id) != null;
    }

    /** A node was recognised elsewhere. */
    void claim(NodeId id) {
        claimed.add(id);
        nodes.remove(id);
    }

    boolean isClaimed(NodeId id) {
        return claimed.contains(id);
    }

    boolean isAnyClaimed() {
        return !claimed.isEmpty();
    }

    /** Returns the nodes with some inodes as last seen on the disk, deleted ones included. */
    List<LocalNode> byKey(List<String> keys) throws TreeStoreException {
        return knowsNothing || keys.isEmpty() ? List.of() : trees.store().byKey(keys);
    }

    /**
     * Returns the entries of a folder as last known, by their names on the disk; without those that turned up
     * elsewhere.
     */
    Map<String, LocalNode> known(NodeId folder, Map<String, DiskEntry> entries) throws TreeStoreException {
        List<LocalNode> there = new ArrayList<>();
        if (!knowsNothing) {
            for (LocalNode node : trees.store().children(folder)) {
                if (isStillIn(folder, node)) {
                    there.add(node);
                }
            }
        }
        return KnownNames.match(there, entries);
    }

    /** Returns whether a node that was in a folder has not turned up elsewhere. */
    boolean isStillIn(NodeId folder, LocalNode node) throws TreeStoreException {
        return !claimed.contains(node.id()) || trees.triple(node.id()).local().parent().equals(folder);
    }

    /** Nodes were not found, nor is what lies in them. */
    void add(Collection<LocalNode> gone) throws TreeStoreException {
        Deque<LocalNode> waiting = new ArrayDeque<>();
        gone.stream().filter(node -> !claimed.contains(node.id())).forEach(waiting::add);
        if (!waiting.isEmpty()) {
            // What was just found in one of them goes with it.
            trees.flush();
        }
        while (!waiting.isEmpty()) {
            LocalNode node = waiting.pop();
            nodes.put(node.id(), node);
            if (node.kind() == NodeKind.FOLDER) {
                problems.skipped(node.id(), List.of());
                problems.staying(node.id(), List.of());
                waiting.addAll(known(node.id(), Map.of()).values());
            }
        }
    }

    /** A folder, and where it is. */
    record Placed(LocalNode node, Path path) {
    }

    /** Returns the topmost missing folder among a missing folder at a path and those above it. */
    Placed top(NodeId folder, Path path) {
        Placed top = new Placed(nodes.get(folder), path);
        while (nodes.containsKey(top.node.parent())) {
            top = new Placed(nodes.get(top.node.parent()), top.path.getParent());
        }
        return top;
    }

    /** What lies in a folder is not missing. */
    void keep(NodeId folder) throws TreeStoreException {
        Deque<NodeId> waiting = new ArrayDeque<>(List.of(folder));
        while (!nodes.isEmpty() && !waiting.isEmpty()) {
            for (LocalNode node : known(waiting.pop(), Map.of()).values()) {
                nodes.remove(node.id());
                if (node.kind() == NodeKind.FOLDER) {
                    waiting.push(node.id());
                }
            }
        }
    }

    /** What lies on a file system that is not there any more is not gone, nor are the folders above it. */
    void keepAway(Mounts mounts) throws IOException, TreeStoreException {
        mounts.look();
        for (Mount mount : mounts.away()) {
            keep(mount.id());
            for (NodeId at = mount.id(); !at.equals(NodeId.ROOT); at = trees.triple(at).local().parent()) {
                nodes.remove(at);
            }
        }
    }

    /** What is missing still is gone. */
    void delete() throws TreeStoreException {
        for (LocalNode node : nodes.values()) {
            problems.clear(node.id());
            problems.complete(node.id());
            trees.putLocal(node.withDeleted(true));
        }
    }
}
