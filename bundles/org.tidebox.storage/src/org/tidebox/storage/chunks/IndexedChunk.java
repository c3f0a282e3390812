package org.tidebox.storage.chunks;

import java.time.Instant;

/**
 * A chunk as those see it who look after the index.
 *
 * @param chunk what everybody knows of it
 * @param unusedSince when it was first found that no content names it, or {@code null} if it is in use
 * @param damagedSince when it was found that its bytes are not what was stored, or {@code null}
 */
public record IndexedChunk(StoredChunk chunk, Instant unusedSince, Instant damagedSince) {
}
