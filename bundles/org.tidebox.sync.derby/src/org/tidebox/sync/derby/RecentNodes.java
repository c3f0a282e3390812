package org.tidebox.sync.derby;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * Nodes that were written lately and are not in the tables yet, with the look-ups of the tables: what is known here of a
 * node is all that counts. In the database they are the updates that led to them. Changed only while nobody reads.
 */
final class RecentNodes {
    /** So much is held before it goes to the tables; in memory it takes about three times as much as encoded. */
    private static final long MOST_BYTES = 12 << 20;
    private static final int MOST_NODES = 40_000;

    private final NavigableMap<NodeId, NodeStates> nodes = new TreeMap<>();
    private final NavigableSet<NodeId> local = new TreeSet<>();
    private final NavigableSet<NodeId> remote = new TreeSet<>();
    private final Map<NodeId, Map<String, List<NodeId>>> places = new HashMap<>();
    private final Map<String, List<NodeId>> keys = new HashMap<>();
    private int updates;
    private long bytes;

    /** An update was written that leads to these states. */
    void add(int number, int length, Map<NodeId, NodeStates> states) {
        updates = number;
        bytes += length;
        states.forEach((id, next) -> {
            NodeStates before = nodes.put(id, next);
            if (before != null) {
                index(id, before, RecentNodes::remove);
            }
            index(id, next, RecentNodes::insert);
            differ(id, next);
        });
    }

    private void differ(NodeId id, NodeStates states) {
        put(local, id, states.local() != null);
        put(remote, id, states.remote() != null);
    }

    private static void put(Set<NodeId> set, NodeId id, boolean in) {
        if (in) {
            set.add(id);
        } else {
            set.remove(id);
        }
    }

    /** These nodes are in the tables now. */
    void settled(Collection<NodeId> ids) {
        ids.forEach(id -> {
            index(id, nodes.remove(id), RecentNodes::remove);
            differ(id, NodeStates.NONE);
        });
        if (nodes.isEmpty()) {
            updates = 0;
            bytes = 0;
        }
    }

    /** Returns the number of the newest update; 0 if there is none. */
    int updates() {
        return updates;
    }

    boolean isEmpty() {
        return updates == 0;
    }

    boolean isFull() {
        return bytes > MOST_BYTES || nodes.size() > MOST_NODES;
    }

    int size() {
        return nodes.size();
    }

    boolean has(NodeId id) {
        return nodes.containsKey(id);
    }

    /** Returns the node, or {@code null} if the tables know it. */
    NodeStates get(NodeId id) {
        return nodes.get(id);
    }

    /** Returns some nodes by rising id. */
    Map<NodeId, NodeStates> first(int most) {
        Map<NodeId, NodeStates> some = new LinkedHashMap<>();
        nodes.entrySet().stream().limit(most).forEach(entry -> some.put(entry.getKey(), entry.getValue()));
        return some;
    }

    /** Returns what lies in a folder on the disk. */
    Stream<LocalNode> children(NodeId folder) {
        return states(ids(folder), NodeStates::here).filter(node -> !node.deleted())
                .filter(node -> node.parent().equals(folder));
    }

    /** Returns what lies at a place on the disk. */
    Stream<LocalNode> named(NodeId folder, String name) {
        return states(ids(folder, name), NodeStates::here).filter(node -> !node.deleted())
                .filter(node -> node.parent().equals(folder) && node.name().equals(name));
    }

    /** Returns what lies in a folder on the server. */
    Stream<Node> remoteChildren(NodeId folder) {
        return states(ids(folder), NodeStates::there).filter(node -> !node.deleted())
                .filter(node -> node.parent().equals(folder));
    }

    /** Returns what lies at a place on the server. */
    Stream<Node> remoteNamed(NodeId folder, String name) {
        return states(ids(folder, name), NodeStates::there).filter(node -> !node.deleted())
                .filter(node -> node.parent().equals(folder) && node.name().equals(name));
    }

    /** Returns what has one of the disk keys, also deleted ones. */
    List<LocalNode> byKey(Collection<String> wanted, boolean differs) {
        return wanted.stream()
                .flatMap(key -> keys.getOrDefault(key, List.of()).stream().distinct().map(nodes::get)
                        .filter(states -> states.local() != null == differs).map(NodeStates::here)
                        .filter(node -> node.stamp().key().equals(key)))
                .toList();
    }

    /** Returns the ids of nodes that differ behind the given one, by rising id, those that differ both ways twice. */
    List<NodeId> dirty(NodeId after, int limit) {
        return Stream.of(local, remote).flatMap(ids -> ids.tailSet(after, false).stream().limit(limit)).toList();
    }

    /** Returns how many nodes differ locally. */
    int local() {
        return local.size();
    }

    /** Returns how many nodes differ remotely. */
    int remote() {
        return remote.size();
    }

    private <T> Stream<T> states(Stream<NodeId> ids, Function<NodeStates, T> side) {
        return ids.distinct().map(nodes::get).map(side).filter(Objects::nonNull);
    }

    private Stream<NodeId> ids(NodeId folder) {
        return places.getOrDefault(folder, Map.of()).values().stream().flatMap(List::stream);
    }

    private Stream<NodeId> ids(NodeId folder, String name) {
        return places.getOrDefault(folder, Map.of()).getOrDefault(name, List.of()).stream();
    }

    /** Puts an id into the list of a key, or takes it out. */
    @FunctionalInterface
    private interface Change {
        <K> void make(Map<K, List<NodeId>> index, K key, NodeId id);
    }

    private void index(NodeId id, NodeStates states, Change change) {
        if (states.synced() != null) {
            indexPlace(id, states.synced().node().parent(), states.synced().node().name(), change);
            indexKey(id, states.synced().stamp().key(), change);
        }
        if (states.local() != null) {
            indexPlace(id, states.local().parent(), states.local().name(), change);
            indexKey(id, states.local().stamp().key(), change);
        }
        if (states.remote() != null) {
            indexPlace(id, states.remote().parent(), states.remote().name(), change);
        }
    }

    private void indexPlace(NodeId id, NodeId parent, String name, Change change) {
        Map<String, List<NodeId>> folder = places.computeIfAbsent(parent, key -> new HashMap<>());
        change.make(folder, name, id);
        if (folder.isEmpty()) {
            places.remove(parent);
        }
    }

    private void indexKey(NodeId id, String key, Change change) {
        if (!key.isEmpty()) {
            change.make(keys, key, id);
        }
    }

    private static <K> void insert(Map<K, List<NodeId>> index, K key, NodeId id) {
        index.computeIfAbsent(key, none -> new ArrayList<>(1)).add(id);
    }

    private static <K> void remove(Map<K, List<NodeId>> index, K key, NodeId id) {
        List<NodeId> ids = index.get(key);
        ids.remove(id);
        if (ids.isEmpty()) {
            index.remove(key);
        }
    }
}
