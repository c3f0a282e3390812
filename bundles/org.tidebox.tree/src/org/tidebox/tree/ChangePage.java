package org.tidebox.tree;

import java.util.List;

/**
 * A part of a library's journal: each changed node once, in its newest state.
 *
 * @param nodes by rising sequence; a node whose newer state lies beyond this page is left out here
 * @param upTo having applied this page, a reader is at this sequence
 * @param head the library's head when the page was read; {@code upTo < head} means that there is more
 * @param mark of {@code upTo}; {@code null} in a page that tells how a library was
 */
public record ChangePage(List<Node> nodes, long upTo, long head, Mark mark) {
    /** A page of nodes or versions ends with the one that brings their {@linkplain Node#weight() weights} to this. */
    public static final int MAX_WEIGHT = 1 << 20;

    /** Freezes the list. */
    public ChangePage {
        nodes = List.copyOf(nodes);
    }

    /** A page without a mark. */
    public ChangePage(List<Node> nodes, long upTo, long head) {
        this(nodes, upTo, head, null);
    }
}
