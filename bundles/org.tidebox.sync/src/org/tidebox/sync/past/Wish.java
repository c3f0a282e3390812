package org.tidebox.sync.past;

import java.util.Map;
import org.tidebox.sync.internal.trees.ConflictName;
import org.tidebox.tree.Change;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** A node on its way back. */
final class Wish {
    private final Node then;
    private final String path;
    private final boolean stay;
    private Node current;
    private int attempts;
    private Node holder;
    private int names;

    /**
     * Makes one.
     *
     * @param stay whether a live node keeps the place that it has now
     * @param current as the server has it, or {@code null} if that is not known
     */
    Wish(PlacedNode placed, boolean stay, Node current) {
        this.then = placed.node();
        this.path = placed.path();
        this.stay = stay;
        this.current = current;
    }

    Node then() {
        return then;
    }

    String path() {
        return path;
    }

    /** Returns who has the name, or {@code null} if it is not the name that is in the way. */
    Node holder() {
        return holder;
    }

    /** Returns how many other names were tried. */
    int names() {
        return names;
    }

    /** The server has told how the node is now; returns how often that happened. */
    int isStale(Node there) {
        current = there;
        return ++attempts;
    }

    void isBlocked(Node by) {
        holder = by;
    }

    void tryName(int attempt) {
        names = attempt;
    }

    /** Returns whether a sequence is that of the present state: nothing had to be done. */
    boolean isCurrent(long sequence) {
        return current != null && current.sequence() == sequence;
    }

    /** Returns whether the node is as wanted already, as far as this device knows. */
    boolean isTrue(Map<NodeId, NodeId> stands) {
        return current != null && current.withSequence(0).equals(change(stands, "").node());
    }

    /**
     * Returns what to tell the server.
     *
     * @param stands which folders stand for others
     * @param mark what to add to a name that is taken
     */
    Change change(Map<NodeId, NodeId> stands, String mark) {
        boolean stays = stay && current != null && !current.deleted();
        NodeId parent = stays ? current.parent() : stands.getOrDefault(then.parent(), then.parent());
        String name = stays ? current.name() : then.name();
        Node wanted = then.withSequence(0).withDeleted(false).withPlace(parent, names == 0
                ? name
                : ConflictName.marked(name, then.kind(), " (" + mark + (names == 1 ? "" : " " + names) + ")"));
        return new Change(current == null ? 0 : current.sequence(), wanted);
    }
}
