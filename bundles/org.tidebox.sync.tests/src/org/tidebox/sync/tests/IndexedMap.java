package org.tidebox.sync.tests;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tidebox.tree.NodeId;

/** Rows by node id, and by a second key that many rows may share. */
final class IndexedMap<V> {
    private final TreeMap<NodeId, V> rows = new TreeMap<>();
    private final Map<Object, Set<NodeId>> index = new HashMap<>();
    private final Function<V, ?>[] keys;

    @SafeVarargs
    public IndexedMap(Function<V, ?>... keys) {
        this.keys = keys;
    }

    public IndexedMap<V> copy() {
        IndexedMap<V> copy = new IndexedMap<>(keys);
        rows.forEach((id, row) -> copy.set(id, Optional.of(row)));
        return copy;
    }

    public V get(NodeId id) {
        return rows.get(id);
    }

    public boolean has(NodeId id) {
        return rows.containsKey(id);
    }

    public TreeMap<NodeId, V> rows() {
        return rows;
    }

    public void set(NodeId id, Optional<V> row) {
        V old = row.isPresent() ? rows.put(id, row.get()) : rows.remove(id);
        if (old != null) {
            for (Function<V, ?> key : keys) {
                index.get(key.apply(old)).remove(id);
            }
        }
        if (row.isPresent()) {
            for (Function<V, ?> key : keys) {
                index.computeIfAbsent(key.apply(row.get()), any -> new LinkedHashSet<>()).add(id);
            }
        }
    }

    public Stream<V> with(Object key) {
        return index.getOrDefault(key, Set.of()).stream().map(rows::get);
    }

    public Map<NodeId, V> some(Collection<NodeId> ids) {
        Map<NodeId, V> found = new HashMap<>();
        ids.stream().filter(rows::containsKey).forEach(id -> found.put(id, rows.get(id)));
        return found;
    }
}
