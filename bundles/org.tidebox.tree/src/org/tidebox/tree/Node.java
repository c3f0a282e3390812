package org.tidebox.tree;

import java.util.Objects;

/**
 * The full state of a node at one sequence.
 *
 * @param id its identity
 * @param sequence the sequence of the version, 0 where the server has not given one
 * @param parent the folder it lives in
 * @param name its name there
 * @param kind what it is
 * @param attributes mode, modification time and extended attributes; links have none of the latter
 * @param recipe its content; for files only, else {@code null}
 * @param target its target text; for links only, else {@code null}
 * @param deleted whether it is gone; a deleted node keeps its last place and content
 */
public record Node(NodeId id, long sequence, NodeId parent, String name, NodeKind kind, Attributes attributes,
        Recipe recipe, String target, boolean deleted) {

    private static final int WEIGHT_OF_NONE = 128;

    /** Checks that the parts fit the kind; the name is checked where it enters ({@link NodeName#check}). */
    public Node {
        Objects.requireNonNull(id);
        Objects.requireNonNull(parent);
        Objects.requireNonNull(name);
        Objects.requireNonNull(attributes);
        if (kind == NodeKind.FILE != (recipe != null) || kind == NodeKind.LINK != (target != null)) {
            throw new IllegalArgumentException("a " + kind + " with recipe " + recipe + " and target " + target);
        }
        if (kind == NodeKind.LINK && !attributes.extended().isEmpty()) {
            throw new IllegalArgumentException("a link has no extended attributes");
        }
    }

    /** Makes a live file that the server does not know yet. */
    public static Node file(NodeId id, NodeId parent, String name, Attributes attributes, Recipe recipe) {
        return new Node(id, 0, parent, name, NodeKind.FILE, attributes, recipe, null, false);
    }

    /** Makes a live folder that the server does not know yet. */
    public static Node folder(NodeId id, NodeId parent, String name, Attributes attributes) {
        return new Node(id, 0, parent, name, NodeKind.FOLDER, attributes, null, null, false);
    }

    /** Makes a live link that the server does not know yet. */
    public static Node link(NodeId id, NodeId parent, String name, Attributes attributes, String target) {
        return new Node(id, 0, parent, name, NodeKind.LINK, attributes, null, target, false);
    }

    /** Returns the same node as of another sequence. */
    public Node withSequence(long newSequence) {
        return new Node(id, newSequence, parent, name, kind, attributes, recipe, target, deleted);
    }

    /** Returns the same node at another place. */
    public Node withPlace(NodeId newParent, String newName) {
        return new Node(id, sequence, newParent, newName, kind, attributes, recipe, target, deleted);
    }

    /** Returns the same node with other attributes. */
    public Node withAttributes(Attributes newAttributes) {
        return new Node(id, sequence, parent, name, kind, newAttributes, recipe, target, deleted);
    }

    /** Returns the same node, deleted or alive. */
    public Node withDeleted(boolean nowDeleted) {
        return new Node(id, sequence, parent, name, kind, attributes, recipe, target, nowDeleted);
    }

    /**
     * Returns how much there is of the node: about the bytes that it takes where it is stored, a few more than those in
     * which it travels in CBOR, and a quarter of those that it takes on the heap at most.
     */
    public int weight() {
        return WEIGHT_OF_NONE + 2 * name.length() + attributes.extended().length()
                + (recipe == null ? 0 : recipe.entries().size() * Recipe.ENTRY_LENGTH)
                + (target == null ? 0 : 2 * target.length());
    }

    /** Returns whether both are at the same place. */
    public boolean samePlace(Node other) {
        return parent.equals(other.parent) && name.equals(other.name);
    }

    /** Returns whether both have the same kind, content and target; place and attributes do not count. */
    public boolean sameContent(Node other) {
        return kind == other.kind && Objects.equals(recipe, other.recipe) && Objects.equals(target, other.target);
    }
}
