package org.tidebox.storage.chunks;

import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;

/**
 * What the index knows of a chunk.
 *
 * @param id its name
 * @param place where it lies
 * @param rawLength the number of its raw bytes
 * @param level 0 for a piece of content; n for a list of recipe entries at depth n - 1 whose chunks are all stored
 * @param contentLength how many bytes of content it stands for; the raw length at level 0
 */
public record StoredChunk(ChunkId id, PackPlace place, int rawLength, int level, long contentLength) {
}
