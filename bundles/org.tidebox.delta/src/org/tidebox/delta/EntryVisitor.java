package org.tidebox.delta;

import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.tree.RecipeEntry;

/** Takes the pieces of a content one by one, in order. */
@ConsumerType
@FunctionalInterface
public interface EntryVisitor<E extends Exception> {
    /** Takes the next piece: its chunk and how many bytes that chunk must have. */
    void visit(RecipeEntry entry) throws E;
}
