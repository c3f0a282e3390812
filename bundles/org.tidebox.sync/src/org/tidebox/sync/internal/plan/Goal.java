package org.tidebox.sync.internal.plan;

import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.trees.AttributeRule;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * What one node should become on both sides: the three-way merge of its place, content, attributes and existence.
 *
 * @param triple the node in the three trees
 * @param alive whether it should exist
 * @param place where; as last known if it should not exist
 * @param attributes that it gets; likewise
 * @param content which side's content it gets
 */
public record Goal(Triple triple, boolean alive, Place place, Attributes attributes, Content content) {
    /** Where the content comes from. */
    public enum Content {
        /** Both sides have the same. */
        SAME,
        /** From this device. */
        LOCAL,
        /** From the server. */
        REMOTE,
        /** Both changed, and differ: this device's becomes a copy. */
        CLASH,
        /** Both changed, and whether they differ can be told only after reading the file here. */
        UNREAD,
        /** This device's stays here alone: a rule holds it. */
        HELD_HERE,
        /** The server's stays there alone: a rule holds it. */
        HELD_THERE
    }

    /**
     * Merges. Edits beat deletions; a place changed on both sides is the server's; contents changed on both sides
     * clash.
     */
    public static Goal of(Triple triple) {
        if (triple.isHere() && triple.isThere()) {
            return merge(triple);
        }
        if (triple.isHere()) {
            return deletedThere(triple);
        }
        if (triple.isThere()) {
            boolean untouched = triple.base() != null && !triple.isRemotelyChanged();
            return untouched ? gone(triple) : fromThere(triple);
        }
        return gone(triple);
    }

    /** Returns the goal to keep all as it is on this device. */
    public static Goal fromHere(Triple triple) {
        LocalNode local = triple.local();
        return new Goal(triple, true, new Place(local.parent(), local.name()), local.attributes(), Content.LOCAL);
    }

    /** Returns the goal to get all as it is on the server. */
    public static Goal fromThere(Triple triple) {
        Node remote = triple.remote();
        return new Goal(triple, true, new Place(remote.parent(), remote.name()), remote.attributes(), Content.REMOTE);
    }

    /** Returns the goal not to send the content: it stays as it is on both sides, and only its place is agreed on. */
    public Goal heldHere() {
        LocalNode local = triple.local();
        boolean mayBeTouchedOnly = !local.isRead() && mayBe(local, triple.base()) && triple.isThere();
        return new Goal(triple, true, place, local.attributes(),
                mayBeTouchedOnly ? Content.UNREAD : Content.HELD_HERE);
    }

    /** Returns the goal not to fetch the content: it stays as it is on both sides, and only its place is agreed on. */
    public Goal heldThere() {
        return new Goal(triple, true, place,
                triple.isHere() ? triple.local().attributes() : triple.remote().attributes(), Content.HELD_THERE);
    }

    /** Returns whether a rule holds the content back. */
    public boolean isHeld() {
        return content == Content.HELD_HERE || content == Content.HELD_THERE;
    }

    /** Returns the goal with the server's place. */
    public Goal withRemotePlace() {
        Node remote = triple.remote();
        return new Goal(triple, alive, new Place(remote.parent(), remote.name()), attributes, content);
    }

    /** Returns whether it should lie elsewhere than it does on this device, or does not exist here. */
    public boolean placesLocally() {
        LocalNode local = triple.local();
        return !triple.isHere() || !local.parent().equals(place.parent()) || !local.name().equals(place.name());
    }

    /** Returns whether something is to be done on this device. */
    public boolean changesLocal() {
        if (!alive) {
            return triple.isHere();
        }
        if (isHeld()) {
            return isOnBothSides() && placesLocally();
        }
        return placesLocally() || content == Content.REMOTE || content == Content.CLASH || content == Content.UNREAD
                || !AttributeRule.same(kind(), attributes, triple.local().attributes());
    }

    /** Returns whether it should lie elsewhere than it does on the server, or does not exist there. */
    public boolean placesRemotely() {
        Node remote = triple.remote();
        return !triple.isThere() || !remote.parent().equals(place.parent()) || !remote.name().equals(place.name());
    }

    /** Returns whether something is to be told to the server. */
    public boolean changesRemote() {
        if (!alive) {
            return triple.isThere();
        }
        if (isHeld()) {
            return isOnBothSides() && placesRemotely();
        }
        return placesRemotely() || content == Content.LOCAL
                || !AttributeRule.same(kind(), attributes, triple.remote().attributes());
    }

    private boolean isOnBothSides() {
        return triple.isHere() && triple.isThere();
    }

    /** Returns whether it is a deletion on the server that stands if the file here turns out to be as it was. */
    public boolean mayBeGone() {
        return content == Content.UNREAD && !triple.isThere();
    }

    /** Returns what it is. */
    public NodeKind kind() {
        return triple.isHere() ? triple.local().kind() : triple.remote().kind();
    }

    /** Returns the node. */
    public NodeId id() {
        return triple.id();
    }

    private static Goal deletedThere(Triple triple) {
        if (triple.remote() == null || triple.base() == null) {
            return fromHere(triple);
        }
        if (!triple.isLocallyChanged()) {
            return gone(triple);
        }
        Goal kept = fromHere(triple);
        LocalNode local = triple.local();
        boolean onlyUnread = !local.isRead() && mayBe(local, triple.base()) && local.samePlace(triple.base())
                && AttributeRule.same(local.kind(), local.attributes(), triple.base().attributes());
        return onlyUnread ? new Goal(triple, true, kept.place, kept.attributes, Content.UNREAD) : kept;
    }

    private static Goal gone(Triple triple) {
        LocalNode local = triple.local();
        Node remote = triple.remote();
        Place place = local != null
                ? new Place(local.parent(), local.name())
                : remote != null ? new Place(remote.parent(), remote.name()) : new Place(NodeId.ROOT, "");
        return new Goal(triple, false, place, new Attributes(Attributes.NO_MODE, 0), Content.SAME);
    }

    private static Goal merge(Triple triple) {
        Node base = triple.base();
        Node remote = triple.remote();
        LocalNode local = triple.local();
        boolean remotePlace = base == null || !remote.samePlace(base);
        Place place = remotePlace ? new Place(remote.parent(), remote.name()) : new Place(local.parent(), local.name());
        Content content = content(base, local, remote);
        return new Goal(triple, true, place, attributes(base, local, remote, content), content);
    }

    private static Content content(Node base, LocalNode local, Node remote) {
        if (local.sameContent(remote)) {
            return Content.SAME;
        }
        boolean changedHere = base == null || !local.sameContent(base);
        boolean changedThere = base == null || !remote.sameContent(base);
        if (changedHere && changedThere) {
            return !local.isRead() && (mayBe(local, remote) || mayBe(local, base)) ? Content.UNREAD : Content.CLASH;
        }
        return changedThere ? Content.REMOTE : Content.LOCAL;
    }

    private static boolean mayBe(LocalNode local, Node node) {
        return node != null && node.kind() == NodeKind.FILE && local.stamp().size() == node.recipe().size();
    }

    private static Attributes attributes(Node base, LocalNode local, Node remote, Content content) {
        boolean remoteMode = base == null
                || !AttributeRule.sameMode(remote.attributes().mode(), base.attributes().mode());
        boolean remoteTime = switch (content) {
            case LOCAL, HELD_HERE -> false;
            case REMOTE, CLASH, UNREAD, HELD_THERE -> true;
            case SAME -> base == null || remote.attributes().mtime() != base.attributes().mtime();
        };
        int mode = remoteMode || local.attributes().mode() == Attributes.NO_MODE
                ? remote.attributes().mode()
                : local.attributes().mode();
        ExtendedAttributes agreed = base == null ? ExtendedAttributes.NONE : base.attributes().extended();
        return new Attributes(mode, remoteTime ? remote.attributes().mtime() : local.attributes().mtime(),
                AttributeRule.merge(agreed, local, remote.attributes().extended()));
    }
}
