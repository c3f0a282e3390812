package org.tidebox.tree;

/**
 * The wish that a node looks a certain way: creation, edit, move and deletion are all this.
 *
 * @param base the sequence of the node's version that the wish is based on; 0 for a new node
 * @param node the wanted state; its own sequence does not count
 */
public record Change(long base, Node node) {
    /** Checks the base. */
    public Change {
        if (base < 0) {
            throw new IllegalArgumentException("a base sequence is 0 or more, got " + base);
        }
    }
}
