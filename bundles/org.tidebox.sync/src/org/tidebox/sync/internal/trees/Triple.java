package org.tidebox.sync.internal.trees;

import java.util.Objects;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * One node in the three trees.
 *
 * @param id the node
 * @param synced as last agreed on; {@code null} if never
 * @param localChange the local difference to it; {@code null} if there is none
 * @param remoteChange the remote difference to it; {@code null} if there is none
 */
public record Triple(NodeId id, SyncedNode synced, LocalNode localChange, Node remoteChange) {
    /** A node that nobody knows. */
    public static Triple unknown(NodeId id) {
        return new Triple(id, null, null, null);
    }

    /** Returns the node as it is on the disk, possibly as a deleted one; {@code null} if it never was there. */
    public LocalNode local() {
        return localChange != null ? localChange : synced != null ? LocalNode.of(synced) : null;
    }

    /** Returns the node as it is on the server, possibly as a deleted one; {@code null} if it never was there. */
    public Node remote() {
        return remoteChange != null ? remoteChange : synced != null ? synced.node() : null;
    }

    /** Returns the agreed state, or {@code null}. */
    public Node base() {
        return synced == null ? null : synced.node();
    }

    /** Returns whether it is on the disk. */
    public boolean isHere() {
        LocalNode local = local();
        return local != null && !local.deleted();
    }

    /** Returns whether it is alive on the server. */
    public boolean isThere() {
        Node remote = remote();
        return remote != null && !remote.deleted();
    }

    /** Returns whether it is, or was, a folder. */
    public boolean isFolder() {
        LocalNode local = local();
        Node remote = remote();
        return local != null ? local.kind() == NodeKind.FOLDER : remote != null && remote.kind() == NodeKind.FOLDER;
    }

    /** Returns whether both sides differ, as far as is known. */
    public boolean isDirty() {
        return localChange != null || remoteChange != null;
    }

    /** Returns whether the disk holds something else than what was agreed on. */
    public boolean isLocallyChanged() {
        LocalNode local = local();
        return synced == null || !isHere() || !local.samePlace(base()) || !local.sameContent(base())
                || !AttributeRule.same(local.kind(), local.attributes(), base().attributes());
    }

    /** Returns whether the server holds something else than what was agreed on, whatever its sequence. */
    public boolean isRemotelyChanged() {
        Node remote = remote();
        return synced == null || !isThere() || !remote.samePlace(base()) || !remote.sameContent(base())
                || !AttributeRule.same(remote.kind(), remote.attributes(), base().attributes());
    }

    /** Returns the triple with another local state. */
    public Triple withLocal(LocalNode local) {
        return new Triple(id, synced, local, remoteChange).settled();
    }

    /** Returns the triple with another remote state. */
    public Triple withRemote(Node remote) {
        return new Triple(id, synced, localChange, remote).settled();
    }

    /**
     * Returns the triple after the server accepted what this device sent. That is the new base, whatever happened on
     * the disk meanwhile; but where the disk still has what the old base has, it waits for a change of the server that
     * was sent along.
     */
    public Triple accepted(Node sent) {
        LocalNode local = local();
        if (sent.deleted()) {
            return new Triple(id, null, isHere() ? local : null, isHere() ? sent : null);
        }
        if (local == null) {
            // Deleted here between sending and the news that it was accepted.
            return new Triple(id, new SyncedNode(sent, sent.name(), DiskStamp.UNKNOWN),
                    LocalNode.of(sent, DiskStamp.UNKNOWN).withDeleted(true), null);
        }
        Node newBase = base() == null ? sent : withoutUnapplied(sent, local);
        return new Triple(id, new SyncedNode(newBase, local.diskName(), local.stamp(), local.held()), local, sent)
                .settled();
    }

    /** What the server had before, and was only sent along, is no base as long as the disk does not have it. */
    private Node withoutUnapplied(Node sent, LocalNode local) {
        Node base = base();
        Node remote = remote();
        Node kept = sent;
        if (!local.samePlace(sent) && (local.samePlace(base) || sent.samePlace(remote))) {
            kept = kept.withPlace(base.parent(), base.name());
        }
        if (!AttributeRule.samePlain(sent.kind(), local.attributes(), sent.attributes())
                && (AttributeRule.samePlain(sent.kind(), local.attributes(), base.attributes())
                        || AttributeRule.samePlain(sent.kind(), sent.attributes(), remote.attributes()))) {
            kept = kept.withAttributes(base.attributes().withExtended(sent.attributes().extended()));
        }
        kept = kept.withAttributes(kept.attributes().withExtended(AttributeRule.withoutUnapplied(
                base.attributes(), local.attributes(), sent.attributes(), remote.attributes())));
        if (!local.sameContent(sent) && (local.sameContent(base) || sent.sameContent(remote))) {
            kept = new Node(kept.id(), kept.sequence(), kept.parent(), kept.name(), base.kind(), kept.attributes(),
                    base.recipe(), base.target(), kept.deleted());
        }
        return kept;
    }

    /** What both sides have is agreed on; the place also alone, as a content may be held for long. */
    private Triple settled() {
        LocalNode local = local();
        Node remote = remote();
        if (!isHere() && !isThere()) {
            return unknown(id);
        }
        if (isHere() && isThere() && local.samePlace(remote) && local.sameContent(remote)
                && AttributeRule.same(local.kind(), local.attributes(), remote.attributes())) {
            return new Triple(id, new SyncedNode(remote, local.diskName(), local.stamp(), local.held()), null, null);
        }
        if (isHere() && isThere() && synced != null && local.samePlace(remote) && !local.samePlace(base())) {
            return new Triple(id, new SyncedNode(base().withPlace(remote.parent(), remote.name()), local.diskName(),
                    synced.stamp(), synced.held()), localChange, remoteChange).settled();
        }
        SyncedNode agreed = isLocallyChanged()
                ? synced
                : new SyncedNode(base(), local.diskName(), local.stamp(), local.held());
        return new Triple(id, agreed, needsLocalRow(local) ? local : null, needsRemoteRow(remote) ? remote : null);
    }

    private boolean needsLocalRow(LocalNode local) {
        return local != null && isLocallyChanged() && (synced != null || !local.deleted());
    }

    private boolean needsRemoteRow(Node remote) {
        return remote != null && !Objects.equals(remote, base());
    }
}
