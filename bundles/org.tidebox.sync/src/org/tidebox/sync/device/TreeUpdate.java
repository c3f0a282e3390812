package org.tidebox.sync.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** What is to change in a {@link TreeStore}, all at once. An empty value removes the row. Not thread-safe. */
public final class TreeUpdate {
    private final Map<NodeId, Optional<SyncedNode>> synced = new LinkedHashMap<>();
    private final Map<NodeId, Optional<LocalNode>> local = new LinkedHashMap<>();
    private final Map<NodeId, Optional<Node>> remote = new LinkedHashMap<>();
    private final Map<String, Optional<String>> facts = new LinkedHashMap<>();
    private OptionalLong cursor = OptionalLong.empty();

    /** Sets or removes an agreed node. */
    public TreeUpdate synced(NodeId id, SyncedNode node) {
        synced.put(id, Optional.ofNullable(node));
        return this;
    }

    /** Sets or removes a local difference. */
    public TreeUpdate local(NodeId id, LocalNode node) {
        local.put(id, Optional.ofNullable(node));
        return this;
    }

    /** Sets or removes a remote difference. */
    public TreeUpdate remote(NodeId id, Node node) {
        remote.put(id, Optional.ofNullable(node));
        return this;
    }

    /** Sets or removes a fact. */
    public TreeUpdate fact(String key, String value) {
        facts.put(key, Optional.ofNullable(value));
        return this;
    }

    /** Sets up to which sequence the journal has been read. */
    public TreeUpdate cursor(long sequence) {
        cursor = OptionalLong.of(sequence);
        return this;
    }

    /** Returns the agreed nodes to set, or to remove where empty. */
    public Map<NodeId, Optional<SyncedNode>> synced() {
        return synced;
    }

    /** Returns the local differences to set, or to remove where empty. */
    public Map<NodeId, Optional<LocalNode>> local() {
        return local;
    }

    /** Returns the remote differences to set, or to remove where empty. */
    public Map<NodeId, Optional<Node>> remote() {
        return remote;
    }

    /** Returns the facts to set, or to remove where empty. */
    public Map<String, Optional<String>> facts() {
        return facts;
    }

    /** Returns the cursor to set, if it changes. */
    public OptionalLong cursor() {
        return cursor;
    }

    /** Returns how many rows it touches. */
    public int size() {
        return synced.size() + local.size() + remote.size() + facts.size();
    }

    /** Returns whether it changes nothing. */
    public boolean isEmpty() {
        return size() == 0 && cursor.isEmpty();
    }
}
