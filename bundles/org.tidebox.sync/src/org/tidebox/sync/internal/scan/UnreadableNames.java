package org.tidebox.sync.internal.scan;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.NodeId;

/**
 * How many entries of each folder have names that are no text in this system's encoding. Nothing more can be learned of
 * such an entry, so one that appears may be any entry that is missing in its folder: it was renamed, or the process was
 * started with another encoding. Nothing of that is a deletion. The counts are facts of the store, so a restart does not
 * take an old one for new. Made for one scan.
 */
final class UnreadableNames {
    private static final String PREFIX = "unreadable ";

    private final Trees trees;
    private Set<String> known;

    UnreadableNames(Trees trees) {
        this.trees = trees;
    }

    /**
     * Remembers how many there are in a folder.
     *
     * @param missing what is missing there
     * @return whether the missing entries may still be there, under names that cannot be read
     */
    boolean mayHide(NodeId folder, int count, Collection<LocalNode> missing) throws TreeStoreException {
        if (known == null) {
            known = new HashSet<>(trees.store().factNames(PREFIX));
        }
        String fact = PREFIX + folder;
        int before = known.contains(fact) ? Integer.parseInt(trees.store().fact(fact).orElse("0")) : 0;
        if (count > before && !missing.isEmpty()) {
            return true;
        }
        if (count != before) {
            trees.fact(fact, count == 0 ? null : Integer.toString(count));
            known.add(fact);
        }
        return false;
    }
}
