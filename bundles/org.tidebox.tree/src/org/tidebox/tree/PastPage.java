package org.tidebox.tree;

import java.util.List;

/**
 * What lay in some folders as of a sequence, one page.
 *
 * @param nodes as they were, folder after folder, each folder's by rising sequence
 * @param thinned those of them of which retention has let go of a version that came next: it, and not the one told here,
 *        may have been the one of then
 * @param done how many of the folders have been read to the end
 * @param after up to which sequence the folder behind those has been read; 0 if it has not been begun
 * @param head the library's head when the page was read
 */
public record PastPage(List<Node> nodes, List<NodeId> thinned, int done, long after, long head) {
    /** Freezes the lists. */
    public PastPage {
        nodes = List.copyOf(nodes);
        thinned = List.copyOf(thinned);
    }
}
