package org.tidebox.tree;

/**
 * Why a change was not accepted.
 *
 * @param reason the rule it broke
 * @param current the node that stands in the way as the server has it: the node itself ({@code STALE}, {@code
 *        NOT_EMPTY}), the other holder of the name ({@code NAME_TAKEN}), or {@code null} where there is none
 */
public record Conflict(Reason reason, Node current) {
    /** The rules of a journal. */
    public enum Reason {
        /** The base is not the node's current sequence. */
        STALE,
        /** Another live node has the same parent and name. */
        NAME_TAKEN,
        /** The parent is unknown, deleted or not a folder. */
        NO_PARENT,
        /** A folder with live children cannot be deleted. */
        NOT_EMPTY,
        /** The folder would end up inside itself. */
        CYCLE,
        /** The recipe names chunks that are not stored. */
        MISSING_CHUNKS
    }
}
