package org.tidebox.sync.internal.held;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidebox.rules.Action;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;

/**
 * What a person decided on single entries past the rules. A choice is for the content as it is: when that was
 * transferred or has changed, the rules decide again.
 */
final class Choices {
    private static final String PREFIX = "choice.";

    private final TreeStore store;
    private Set<String> keys;

    Choices(TreeStore store) {
        this.store = store;
    }

    /** Returns what was chosen for a node's content as it is now. */
    Optional<Action> of(Triple triple, Side to) throws TreeStoreException {
        String key = key(triple.id(), to);
        if (!keys().contains(key)) {
            return Optional.empty();
        }
        String state = " " + state(triple, to);
        return store.fact(key).filter(value -> value.endsWith(state))
                .map(value -> Action.valueOf(value.substring(0, value.indexOf(' '))));
    }

    /** Adds a choice to an update, which must be written before the next one is looked up. */
    void choose(TreeUpdate update, Triple triple, Side to, Action action) throws TreeStoreException {
        String key = key(triple.id(), to);
        keys().add(key);
        update.fact(key, action.name() + " " + state(triple, to));
    }

    /** Returns all nodes that something was chosen for. */
    List<NodeId> nodes() throws TreeStoreException {
        return keys().stream().map(key -> NodeId.parse(key.substring(key.lastIndexOf('.') + 1))).distinct().toList();
    }

    /** Forgets choices for those of some nodes that are the same on both sides. */
    void forgetDone(Trees trees, Collection<NodeId> nodes) throws TreeStoreException {
        if (keys().isEmpty()) {
            return;
        }
        trees.load(nodes);
        TreeUpdate update = new TreeUpdate();
        for (NodeId id : nodes) {
            for (Side to : Side.values()) {
                if (keys.contains(key(id, to)) && !trees.triple(id).isDirty()) {
                    keys.remove(key(id, to));
                    update.fact(key(id, to), null);
                }
            }
        }
        if (!update.isEmpty()) {
            store.write(update);
        }
    }

    private Set<String> keys() throws TreeStoreException {
        if (keys == null) {
            keys = new HashSet<>(store.factNames(PREFIX));
        }
        return keys;
    }

    private static String key(NodeId id, Side to) {
        return PREFIX + to.name().toLowerCase(Locale.ROOT) + "." + id.toHex();
    }

    /** Returns what tells a content from any other that the node had or will have. */
    static String state(Triple triple, Side to) {
        if (to == Side.LOCAL) {
            return Long.toString(triple.remote().sequence());
        }
        DiskStamp stamp = triple.local().stamp();
        return stamp.size() + "/" + stamp.mtime() + "/" + stamp.key();
    }
}
