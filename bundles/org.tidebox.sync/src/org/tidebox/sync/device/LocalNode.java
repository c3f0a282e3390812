package org.tidebox.sync.device;

import java.util.Objects;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/**
 * A node as it is on the disk.
 *
 * @param id its identity
 * @param parent the folder it lies in
 * @param name its name as it travels (Unicode NFC)
 * @param diskName its name on the disk
 * @param kind what it is
 * @param attributes mode, modification time and extended attributes
 * @param recipe the content of a file, or {@code null} as long as it was not read; {@code null} for others
 * @param target the target text of a link; {@code null} for others
 * @param stamp of the entry on the disk
 * @param deleted whether it is gone; then the rest tells how it was
 * @param held the extended attributes that the disk was found to have, which may be unable to hold all of the node's;
 *        {@code null} where nobody looked, or nothing is known of what was there before: then what the disk lacks was
 *        not removed there
 */
public record LocalNode(NodeId id, NodeId parent, String name, String diskName, NodeKind kind, Attributes attributes,
        Recipe recipe,
        String target, DiskStamp stamp, boolean deleted, ExtendedAttributes held) {
    /** Makes a node of whose extended attributes on the disk nothing is known. */
    public LocalNode(NodeId id, NodeId parent, String name, String diskName, NodeKind kind, Attributes attributes,
            Recipe recipe, String target, DiskStamp stamp, boolean deleted) {
        this(id, parent, name, diskName, kind, attributes, recipe, target, stamp, deleted, null);
    }

    /** Returns how a node lies on the disk when nothing changed since it was agreed on. */
    public static LocalNode of(SyncedNode synced) {
        Node node = synced.node();
        return new LocalNode(node.id(), node.parent(), node.name(), synced.diskName(), node.kind(), node.attributes(),
                node.recipe(),
                node.target(), synced.stamp(), false, synced.held());
    }

    /** Returns how a node lies on the disk when it was just written there. */
    public static LocalNode of(Node node, DiskStamp stamp) {
        return of(new SyncedNode(node, node.name(), stamp));
    }

    /** Returns whether the content is known: always, but for files that were not read yet. */
    public boolean isRead() {
        return kind != NodeKind.FILE || recipe != null;
    }

    /** Returns whether it has the kind and content of a node; an unread file has not. */
    public boolean sameContent(Node node) {
        return kind == node.kind() && Objects.equals(recipe, node.recipe()) && Objects.equals(target, node.target());
    }

    /** Returns whether it is where a node is. */
    public boolean samePlace(Node node) {
        return parent.equals(node.parent()) && name.equals(node.name());
    }

    /** Returns the node to tell the server; only for what {@link #isRead()}. */
    public Node toNode(long sequence) {
        return new Node(id, sequence, parent, name, kind, attributes, recipe, target, deleted);
    }

    /** Returns the same node at another place. */
    public LocalNode withPlace(NodeId newParent, String newName, String newDiskName) {
        return new LocalNode(id, newParent, newName, newDiskName, kind, attributes, recipe, target, stamp, deleted,
                held);
    }

    /** Returns the same node with other attributes. */
    public LocalNode withAttributes(Attributes newAttributes) {
        return new LocalNode(id, parent, name, diskName, kind, newAttributes, recipe, target, stamp, deleted, held);
    }

    /** Returns the same node with another content; {@code null}: not read. */
    public LocalNode withRecipe(Recipe newRecipe) {
        return new LocalNode(id, parent, name, diskName, kind, attributes, newRecipe, target, stamp, deleted, held);
    }

    /** Returns the same node with another stamp. */
    public LocalNode withStamp(DiskStamp newStamp) {
        return new LocalNode(id, parent, name, diskName, kind, attributes, recipe, target, newStamp, deleted, held);
    }

    /** Returns the same node with other extended attributes, and what the disk was found to have of them. */
    public LocalNode withExtended(ExtendedAttributes extended, ExtendedAttributes newHeld) {
        return new LocalNode(id, parent, name, diskName, kind, attributes.withExtended(extended), recipe, target, stamp,
                deleted, newHeld);
    }

    /** Returns the same node, gone or alive. */
    public LocalNode withDeleted(boolean nowDeleted) {
        return new LocalNode(id, parent, name, diskName, kind, attributes, recipe, target, stamp, nowDeleted, held);
    }

    /** Returns the same entry of the disk as another node. */
    public LocalNode withId(NodeId newId) {
        return new LocalNode(newId, parent, name, diskName, kind, attributes, recipe, target, stamp, deleted, held);
    }
}
