package org.tidebox.sync.internal.disk;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.tree.NodeId;

/**
 * Names in the temporary folder of entries that come from the sync folder, and not from the server. A name tells all
 * that is needed to know, after a crash, whether its entry may go: no database has to be right for that.
 */
public final class KeptName {
    private static final Pattern KEPT = Pattern.compile("(old|moved)-([0-9a-f]{32})-[0-9a-f]+(-.*)?");

    private KeptName() {
    }

    /** Names an entry that may go as long as it is what the node was last seen as. */
    public static String old(LocalNode node, RandomGenerator random) {
        return name("old", node, random) + text(node.stamp());
    }

    /** Names an entry that is on its way to another place. */
    public static String moved(LocalNode node, RandomGenerator random) {
        return name("moved", node, random);
    }

    /** Returns the node that an entry was; empty if the name is not one of these. */
    public static Optional<NodeId> node(String name) {
        Matcher match = KEPT.matcher(name);
        return match.matches() ? Optional.of(NodeId.parse(match.group(2))) : Optional.empty();
    }

    /** Returns whether an entry of this name is one that may go: nobody changed it since it was looked at. */
    public static boolean mayGo(String name, DiskStamp now) {
        Matcher match = KEPT.matcher(name);
        return match.matches() && text(now).equals(match.group(3));
    }

    private static String name(String use, LocalNode node, RandomGenerator random) {
        return use + "-" + node.id().toHex() + "-" + Long.toHexString(random.nextLong());
    }

    /** The time of the inode's last change is left out: giving an entry another name changes it. */
    private static String text(DiskStamp stamp) {
        return "-" + stamp.size() + "." + stamp.mtime() + "." + stamp.key().replaceAll("[^0-9A-Za-z]", "_");
    }
}
