package org.tidebox.sync.internal.held;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * Which nodes have to be planned. At first these are all that differ. Once a run has ended and the others are held, it
 * is what was left and what has changed since, and what that has to do with: what has its name on the other side, and
 * the folders around it. So a run costs what changed, whatever is held. Not thread-safe.
 */
final class Worklist {
    /** So many are planned at once. */
    static final int WINDOW = 10_000;
    /** To find what a change has to do with costs as much as to plan so many nodes. */
    private static final int NEIGHBOURS = 10;
    /** That matters only where more have changed. */
    private static final int FEW = 100;

    private final Trees trees;
    private final TreeStore store;
    private final Set<NodeId> open = new HashSet<>();
    private final Set<NodeId> changed = new HashSet<>();
    private boolean everything = true;
    private boolean wasEverything;

    Worklist(Trees trees) {
        this.trees = trees;
        this.store = trees.store();
    }

    /** A run begins. */
    void begin() {
        changed.clear();
        wasEverything = everything;
    }

    /** All that differ have to be planned: what decides on them has changed. */
    void everything() {
        everything = true;
        wasEverything = true;
        open.clear();
        trees.ignoreChanges();
    }

    /** Returns whether all that differ have to be planned. */
    boolean isEverything() {
        return everything;
    }

    /** All was planned; some nodes are left, and the others that differ are held. */
    void settle(Collection<NodeId> left) {
        everything = false;
        open.clear();
        open.addAll(left);
        trees.noteChanges();
    }

    /** Something was decided for a node. */
    void touch(Triple triple) {
        if (triple.isFolder()) {
            everything();
        } else if (!everything) {
            open.add(triple.id());
        }
    }

    /** Returns whether all that differ had to be planned in this run. */
    boolean wasEverything() {
        return wasEverything;
    }

    /** Returns the nodes that changed in this run, also if they do not differ any more; not told if {@link #wasEverything}. */
    Set<NodeId> changed() {
        return changed;
    }

    /**
     * Returns nodes that have to be planned, by rising id.
     *
     * @param after begin behind this one; {@code null} for the first ones
     */
    List<NodeId> next(NodeId after) throws TreeStoreException {
        if (!everything && after == null) {
            gather();
        }
        if (everything) {
            return store.dirty(after, WINDOW);
        }
        return after == null ? open.stream().sorted().toList() : List.of();
    }

    private void gather() throws TreeStoreException {
        Map<NodeId, Triple> before = trees.takeChanges();
        if (isMuch(before.size())) {
            everything();
            return;
        }
        trees.load(before.keySet());
        Set<NodeId> seen = new HashSet<>();
        for (Triple was : before.values()) {
            Triple is = trees.triple(was.id());
            if (hasMovedOrGone(was, is)) {
                // What is decided on all in it hangs on its path, and whether it may go on what is in it.
                everything();
                return;
            }
            changed.add(is.id());
            open.add(is.id());
            around(was, seen);
            around(is, seen);
        }
        if (!everything) {
            keepDirty();
        }
    }

    private boolean isMuch(int changes) throws TreeStoreException {
        TreeStore.Differences all = store.differences();
        return changes > FEW && (long) changes * NEIGHBOURS > all.local() + all.remote()
                || changes + open.size() > WINDOW;
    }

    private void keepDirty() throws TreeStoreException {
        trees.load(open);
        for (NodeId id : List.copyOf(open)) {
            if (!trees.triple(id).isDirty()) {
                open.remove(id);
            }
        }
    }

    /** That a folder came to the other side, too, changes nothing for what lies in it. */
    private static boolean hasMovedOrGone(Triple was, Triple is) {
        boolean wasKnown = was.local() != null || was.remote() != null;
        return wasKnown && was.isFolder() && (!places(was).equals(places(is)) || was.isHere() && !is.isHere()
                || was.isThere() && !is.isThere());
    }

    private void around(Triple triple, Set<NodeId> seen) throws TreeStoreException {
        for (Place place : places(triple)) {
            Optional<NodeId> here = store.childNamed(place.parent(), place.name()).map(LocalNode::id);
            Optional<NodeId> there = store.remoteChildNamed(place.parent(), place.name()).map(Node::id);
            for (NodeId id : Stream.concat(here.stream(), there.stream()).toList()) {
                if (!id.equals(triple.id()) && trees.triple(id).isDirty()) {
                    touch(trees.triple(id));
                }
            }
            above(place.parent(), seen);
        }
    }

    /** Whether a folder lives on may hang on what lies in it. */
    private void above(NodeId folder, Set<NodeId> seen) throws TreeStoreException {
        if (!folder.equals(NodeId.ROOT) && seen.add(folder)) {
            Triple triple = trees.triple(folder);
            if (triple.isDirty() && !everything) {
                open.add(folder);
            }
            for (Place place : places(triple)) {
                above(place.parent(), seen);
            }
        }
    }

    private static List<Place> places(Triple triple) {
        List<Place> places = new ArrayList<>();
        if (triple.local() != null) {
            places.add(new Place(triple.local().parent(), triple.local().name()));
        }
        if (triple.remote() != null) {
            Place there = new Place(triple.remote().parent(), triple.remote().name());
            if (!places.contains(there)) {
                places.add(there);
            }
        }
        return places;
    }
}
