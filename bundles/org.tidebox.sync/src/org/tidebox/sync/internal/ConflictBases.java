package org.tidebox.sync.internal;

import java.util.OptionalLong;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.NodeId;

/** Remembers, on the device that made a conflict copy, the version that both sides had changed. */
public final class ConflictBases {
    private ConflictBases() {
    }

    /** Returns the name of the fact that holds the sequence of the common version of a copy. */
    static String key(NodeId copy) {
        return "conflict " + copy;
    }

    /** Returns the sequence of the version that a copy and its original both come from, if it was made here. */
    public static OptionalLong find(TreeStore trees, NodeId copy) throws TreeStoreException {
        return trees.fact(key(copy)).map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
    }
}
