package org.tidebox.sync.internal.trees;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.tree.NodeName;

/** Matches the entries of one folder with the nodes that are known of it, by their names on the disk. */
public final class KnownNames {
    private KnownNames() {
    }

    /** Matches known nodes; those whose name is not there, or is another's, get one that no entry has. */
    public static Map<String, LocalNode> match(List<LocalNode> nodes, Map<String, DiskEntry> entries) {
        Map<String, LocalNode> known = new HashMap<>();
        nodes.forEach(node -> know(node, known, entries.get(node.diskName())));
        alignForms(known, entries);
        return known;
    }

    /**
     * Of two nodes with one name, which appear when an entry was replaced unseen, the name goes to the one that is
     * there.
     */
    private static void know(LocalNode node, Map<String, LocalNode> known, DiskEntry entry) {
        LocalNode other = known.get(node.diskName());
        boolean isThere = entry != null && entry.kind() == node.kind()
                && entry.stamp().key().equals(node.stamp().key());
        if (other == null || isThere) {
            known.put(node.diskName(), node);
            if (other != null) {
                known.put(nobody(other), other);
            }
        } else {
            known.put(nobody(node), node);
        }
    }

    /** Returns a name that no entry has. */
    private static String nobody(LocalNode node) {
        return "/" + node.id().toHex();
    }

    /** Some file systems show names in another Unicode form than they were given. */
    private static void alignForms(Map<String, LocalNode> known, Map<String, DiskEntry> entries) {
        for (DiskEntry entry : entries.values()) {
            if (known.containsKey(entry.name())) {
                continue;
            }
            String form = NodeName.normalize(entry.name());
            LocalNode node = known.get(form);
            if (node != null && !entries.containsKey(form) && node.stamp().sameFile(entry.stamp())) {
                known.remove(form);
                known.put(entry.name(), node.withPlace(node.parent(), node.name(), entry.name()));
            }
        }
    }

    /**
     * Of two names that differ in Unicode form only, one can be carried: the one that already is.
     *
     * @return the names of the entries that have to be left out
     */
    public static List<String> twins(Map<String, DiskEntry> entries, Map<String, LocalNode> known) {
        Map<String, String> used = new HashMap<>();
        List<String> twins = new ArrayList<>();
        for (String name : entries.keySet()) {
            String other = used.putIfAbsent(NodeName.normalize(name), name);
            if (other != null) {
                String loser = known.containsKey(name) && !known.containsKey(other) ? other : name;
                used.put(NodeName.normalize(name), loser.equals(name) ? other : name);
                twins.add(loser);
            }
        }
        return twins;
    }
}
