package org.tidebox.storage.chunks;

import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;

/**
 * A content that cannot be made without a chunk that is damaged or lost.
 *
 * @param library where it is
 * @param node the file
 * @param sequence of the version with this content
 * @param chunk what it needs
 */
public record WantedContent(LibraryId library, NodeId node, long sequence, ChunkId chunk) {
}
