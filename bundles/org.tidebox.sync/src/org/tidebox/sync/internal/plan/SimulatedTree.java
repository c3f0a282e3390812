package org.tidebox.sync.internal.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** One side as it will be after the steps planned so far. */
final class SimulatedTree {
    private final TreeView view;
    private final Side side;
    private final Map<Place, Optional<NodeId>> holders = new HashMap<>();
    private final Map<NodeId, Optional<Place>> places = new HashMap<>();
    private final Map<NodeId, Set<NodeId>> children = new HashMap<>();
    private final Map<NodeId, Set<NodeId>> arrivals = new HashMap<>();

    SimulatedTree(TreeView view, Side side) {
        this.view = view;
        this.side = side;
    }

    /** Returns where a node is; empty if it is not there. */
    Optional<Place> place(NodeId id) throws TreeStoreException {
        Optional<Place> planned = places.get(id);
        return planned != null ? planned : placeNow(id);
    }

    /** Returns whether a node is a folder that is there. */
    boolean isFolder(NodeId id) throws TreeStoreException {
        if (id.equals(NodeId.ROOT)) {
            return true;
        }
        Triple triple = view.triple(id);
        NodeKind kind = triple.local() != null
                ? triple.local().kind()
                : triple.remote() != null ? triple.remote().kind() : null;
        return kind == NodeKind.FOLDER && place(id).isPresent();
    }

    /** Returns who is at a place. */
    Optional<NodeId> at(Place place) throws TreeStoreException {
        Optional<NodeId> planned = holders.get(place);
        return planned != null ? planned : hasFolder(place.parent()) ? view.at(side, place) : Optional.empty();
    }

    /** A folder that this side has never seen holds nothing, and nobody need be asked. */
    private boolean hasFolder(NodeId id) throws TreeStoreException {
        Triple triple = view.triple(id);
        return id.equals(NodeId.ROOT) || (side == Side.LOCAL ? triple.local() != null : triple.remote() != null);
    }

    /** Returns what is in a folder. */
    Set<NodeId> children(NodeId folder) throws TreeStoreException {
        Set<NodeId> known = children.get(folder);
        if (known == null) {
            known = new HashSet<>();
            for (NodeId child : view.children(side, folder)) {
                if (!places.containsKey(child)) {
                    known.add(child);
                }
            }
            known.addAll(arrivals.getOrDefault(folder, Set.of()));
            children.put(folder, known);
        }
        return known;
    }

    /** Returns whether a node is another one or lies in it, at any depth. */
    boolean isInside(NodeId id, NodeId folder) throws TreeStoreException {
        NodeId at = id;
        Set<NodeId> seen = new HashSet<>();
        while (!at.equals(folder)) {
            Optional<Place> place = at.equals(NodeId.ROOT) ? Optional.empty() : place(at);
            // A server that lies may show a ring of folders.
            if (place.isEmpty() || !seen.add(at)) {
                return false;
            }
            at = place.get().parent();
        }
        return true;
    }

    void put(NodeId id, Place place) throws TreeStoreException {
        remove(id);
        places.put(id, Optional.of(place));
        holders.put(place, Optional.of(id));
        arrivals.computeIfAbsent(place.parent(), folder -> new HashSet<>()).add(id);
        Set<NodeId> siblings = children.get(place.parent());
        if (siblings != null) {
            siblings.add(id);
        }
    }

    void remove(NodeId id) throws TreeStoreException {
        Optional<Place> before = place(id);
        if (before.isPresent()) {
            holders.put(before.get(), Optional.empty());
            arrivals.getOrDefault(before.get().parent(), new HashSet<>()).remove(id);
            Set<NodeId> siblings = children.get(before.get().parent());
            if (siblings != null) {
                siblings.remove(id);
            }
        }
        places.put(id, Optional.empty());
    }

    private Optional<Place> placeNow(NodeId id) throws TreeStoreException {
        Triple triple = view.triple(id);
        if (side == Side.LOCAL) {
            return triple.isHere()
                    ? Optional.of(new Place(triple.local().parent(), triple.local().name()))
                    : Optional.empty();
        }
        return triple.isThere()
                ? Optional.of(new Place(triple.remote().parent(), triple.remote().name()))
                : Optional.empty();
    }

    /** Returns all nodes of a list; a copy, so that the tree may change while they are dealt with. */
    List<NodeId> snapshot(NodeId folder) throws TreeStoreException {
        return List.copyOf(children(folder));
    }
}
