package org.tidebox.sync.internal;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidebox.rules.Action;
import org.tidebox.sync.DiskStamp;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.TreeUpdate;
import org.tidebox.tree.NodeId;

/**
 * What a person decided on single entries past the rules. A choice is for the content as it is: when that was
 * transferred or has changed, the rules decide again.
 */
final class Choices {
    private static final String PREFIX = "choice.";

    private final TreeStore store;
    private final Set<String> keys;

    Choices(TreeStore store) throws TreeStoreException {
        this.store = store;
        this.keys = new HashSet<>(store.factNames(PREFIX));
    }

    /** Returns what was chosen for a node's content as it is now. */
    Optional<Action> of(Triple triple, Side to) throws TreeStoreException {
        String key = key(triple.id(), to);
        if (!keys.contains(key)) {
            return Optional.empty();
        }
        String state = " " + state(triple, to);
        return store.fact(key).filter(value -> value.endsWith(state))
                .map(value -> Action.valueOf(value.substring(0, value.indexOf(' '))));
    }

    /** Adds a choice to an update. */
    static void choose(TreeUpdate update, Triple triple, Side to, Action action) {
        update.fact(key(triple.id(), to), action.name() + " " + state(triple, to));
    }

    /** Forgets choices for nodes that are the same on both sides. */
    void forgetDone(Trees trees) throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        for (String key : keys) {
            NodeId id = NodeId.parse(key.substring(key.lastIndexOf('.') + 1));
            if (!trees.triple(id).isDirty()) {
                update.fact(key, null);
            }
        }
        if (!update.isEmpty()) {
            store.write(update);
        }
    }

    private static String key(NodeId id, Side to) {
        return PREFIX + to.name().toLowerCase(Locale.ROOT) + "." + id.toHex();
    }

    private static String state(Triple triple, Side to) {
        if (to == Side.LOCAL) {
            return Long.toString(triple.remote().sequence());
        }
        DiskStamp stamp = triple.local().stamp();
        return stamp.size() + "/" + stamp.mtime() + "/" + stamp.key();
    }
}
