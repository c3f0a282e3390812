package org.tidebox.sync.internal.download;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** The trees of a directory that is no sync folder: nothing was ever agreed on, and nothing is remembered. */
final class NoTrees implements TreeStore {
    @Override
    public Map<NodeId, SyncedNode> synced(Collection<NodeId> ids) {
        return Map.of();
    }

    @Override
    public Map<NodeId, LocalNode> local(Collection<NodeId> ids) {
        return Map.of();
    }

    @Override
    public Map<NodeId, Node> remote(Collection<NodeId> ids) {
        return Map.of();
    }

    @Override
    public List<LocalNode> children(NodeId folder) {
        return List.of();
    }

    @Override
    public List<Node> remoteChildren(NodeId folder) {
        return List.of();
    }

    @Override
    public List<LocalNode> childrenNamed(NodeId folder, Collection<String> names) {
        return List.of();
    }

    @Override
    public Optional<LocalNode> childNamed(NodeId folder, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Node> remoteChildNamed(NodeId folder, String name) {
        return Optional.empty();
    }

    @Override
    public List<LocalNode> byKey(Collection<String> keys) {
        return List.of();
    }

    @Override
    public List<NodeId> dirty(NodeId after, int limit) {
        return List.of();
    }

    @Override
    public Differences differences() {
        return new Differences(0, 0, 0, 0);
    }

    @Override
    public long syncedCount() {
        return 0;
    }

    @Override
    public long cursor() {
        return 0;
    }

    @Override
    public Optional<String> fact(String key) {
        return Optional.empty();
    }

    @Override
    public List<String> factNames(String prefix) {
        return List.of();
    }

    @Override
    public void write(TreeUpdate update) {
        // What a plain directory holds is not remembered.
    }
}
