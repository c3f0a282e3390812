package org.tidebox.sync.tests;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Trees in memory, with the look-ups of a database. Not durable. */
public final class MemoryTreeStore implements TreeStore {
    private final IndexedMap<SyncedNode> synced;
    private final IndexedMap<LocalNode> local;
    private final IndexedMap<Node> remote;
    private final Map<String, String> facts;
    private long cursor;

    /** Makes an empty one. */
    public MemoryTreeStore() {
        synced = new IndexedMap<>(row -> row.node().parent(), row -> row.stamp().key());
        local = new IndexedMap<>(LocalNode::parent, row -> row.stamp().key());
        remote = new IndexedMap<>(Node::parent);
        facts = new HashMap<>();
    }

    private MemoryTreeStore(MemoryTreeStore other) {
        synced = other.synced.copy();
        local = other.local.copy();
        remote = other.remote.copy();
        facts = new HashMap<>(other.facts);
        cursor = other.cursor;
    }

    /** Returns a backup of it, as it is now. */
    public synchronized MemoryTreeStore copy() {
        return new MemoryTreeStore(this);
    }

    @Override
    public synchronized Map<NodeId, SyncedNode> synced(Collection<NodeId> ids) {
        return synced.some(ids);
    }

    @Override
    public synchronized Map<NodeId, LocalNode> local(Collection<NodeId> ids) {
        return local.some(ids);
    }

    @Override
    public synchronized Map<NodeId, Node> remote(Collection<NodeId> ids) {
        return remote.some(ids);
    }

    @Override
    public synchronized List<LocalNode> children(NodeId folder) {
        return hereNow(folder).toList();
    }

    @Override
    public synchronized List<Node> remoteChildren(NodeId folder) {
        return thereNow(folder).toList();
    }

    @Override
    public synchronized List<LocalNode> childrenNamed(NodeId folder, Collection<String> names) {
        return hereNow(folder).filter(node -> names.contains(node.name())).toList();
    }

    @Override
    public synchronized Optional<LocalNode> childNamed(NodeId folder, String name) {
        return hereNow(folder).filter(node -> node.name().equals(name)).findFirst();
    }

    @Override
    public synchronized Optional<Node> remoteChildNamed(NodeId folder, String name) {
        return thereNow(folder).filter(node -> node.name().equals(name)).findFirst();
    }

    @Override
    public synchronized List<LocalNode> byKey(Collection<String> keys) {
        return keys.stream().distinct().flatMap(key -> Stream.concat(local.with(key),
                synced.with(key).map(LocalNode::of).filter(node -> !local.has(node.id())))).toList();
    }

    @Override
    public synchronized List<NodeId> dirty(NodeId after, int limit) {
        TreeSet<NodeId> ids = new TreeSet<>(local.rows().keySet());
        ids.addAll(remote.rows().keySet());
        return (after == null ? ids : ids.tailSet(after, false)).stream().limit(limit).toList();
    }

    @Override
    public synchronized Differences differences() {
        return new Differences(local.rows().size(), remote.rows().size(),
                local.rows().values().stream().filter(LocalNode::deleted).count(),
                remote.rows().values().stream().filter(Node::deleted).count());
    }

    @Override
    public synchronized long syncedCount() {
        return synced.rows().size();
    }

    @Override
    public synchronized long cursor() {
        return cursor;
    }

    @Override
    public synchronized Optional<String> fact(String key) {
        return Optional.ofNullable(facts.get(key));
    }

    @Override
    public synchronized List<String> factNames(String prefix) {
        return facts.keySet().stream().filter(name -> name.startsWith(prefix)).sorted().toList();
    }

    @Override
    public synchronized void write(TreeUpdate update) {
        update.synced().forEach((id, node) -> synced.set(id, node));
        update.local().forEach((id, node) -> local.set(id, node));
        update.remote().forEach((id, node) -> remote.set(id, node));
        update.facts()
                .forEach((key, value) -> value.ifPresentOrElse(text -> facts.put(key, text), () -> facts.remove(key)));
        update.cursor().ifPresent(sequence -> cursor = sequence);
    }

    /** Returns all that is on the disk as far as is known. */
    public synchronized List<LocalNode> here() {
        return Stream.concat(local.rows().values().stream().filter(node -> !node.deleted()),
                synced.rows().values().stream().filter(row -> !local.has(row.node().id())).map(LocalNode::of)).toList();
    }

    private Stream<LocalNode> hereNow(NodeId folder) {
        return Stream.concat(local.with(folder).filter(node -> !node.deleted()),
                synced.with(folder).filter(node -> !local.has(node.node().id())).map(LocalNode::of));
    }

    private Stream<Node> thereNow(NodeId folder) {
        return Stream.concat(remote.with(folder).filter(node -> !node.deleted()),
                synced.with(folder).map(SyncedNode::node).filter(node -> !remote.has(node.id())));
    }
}
