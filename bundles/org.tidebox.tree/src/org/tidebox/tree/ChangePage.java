package org.tidebox.tree;

import java.util.List;

/**
 * A part of a library's journal: each changed node once, in its newest state.
 *
 * @param nodes by rising sequence; a node whose newer state lies beyond this page is left out here
 * @param upTo having applied this page, a reader is at this sequence
 * @param head the library's head when the page was read; {@code upTo < head} means that there is more
 */
public record ChangePage(List<Node> nodes, long upTo, long head) {
    /** Freezes the list. */
    public ChangePage {
        nodes = List.copyOf(nodes);
    }
}
