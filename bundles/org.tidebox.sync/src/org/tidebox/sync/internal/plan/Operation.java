package org.tidebox.sync.internal.plan;

import org.tidebox.sync.internal.trees.Place;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** One step of a plan. */
public sealed interface Operation {
    /** Returns the node that it is about. */
    NodeId id();

    /** Makes a folder or link on the disk. */
    record Make(Node node) implements Operation {
        @Override
        public NodeId id() {
            return node.id();
        }
    }

    /** Writes a file with the server's content to the disk, in place of the old one if there is one. */
    record Download(Node node) implements Operation {
        @Override
        public NodeId id() {
            return node.id();
        }
    }

    /** Moves an entry of the disk. */
    record Move(NodeId id, Place to) implements Operation {
    }

    /** Sets mode and time of an entry of the disk. */
    record SetAttributes(NodeId id, Attributes attributes) implements Operation {
    }

    /** Removes an entry from the disk. */
    record Remove(NodeId id) implements Operation {
    }

    /** Gives an entry of the disk a conflict name, and makes it a node of its own if {@code asNew}. */
    record SetAside(NodeId id, boolean asNew) implements Operation {
    }

    /** Takes an entry of the disk, so far an unknown node, for the server's node at the same place. */
    record Adopt(NodeId id, NodeId as) implements Operation {
    }

    /** Reads a file to find out what its content is. */
    record Read(NodeId id) implements Operation {
    }

    /**
     * Tells the server the wanted state of a node.
     *
     * @param node the state; of a file whose content comes from the disk, the recipe is not the right one yet
     * @param base the sequence that it is based on
     * @param fromDisk whether the content must be read
     */
    record Upload(Node node, long base, boolean fromDisk) implements Operation {
        @Override
        public NodeId id() {
            return node.id();
        }
    }
}
