package org.tidebox.storage.chunks;

import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;

/**
 * A chunk that was copied to another place.
 *
 * @param id its name
 * @param from where it lay
 * @param to where it lies as well now, durably
 */
public record ChunkMove(ChunkId id, PackPlace from, PackPlace to) {
}
