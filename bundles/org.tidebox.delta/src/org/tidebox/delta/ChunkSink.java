package org.tidebox.delta;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.tree.ChunkId;

/** Where freshly cut chunks go: the pieces of a content, and the chunks that hold the entries of a long recipe. */
@ConsumerType
@FunctionalInterface
public interface ChunkSink<E extends Exception> {
    /**
     * Takes a chunk; the same one may come several times.
     *
     * @param id the SHA-256 of the bytes
     * @param raw the bytes between position and limit; valid, and not to be written to, during the call only
     * @param level 0 for a piece of the content, n for a list of recipe entries at depth n - 1
     */
    void chunk(ChunkId id, ByteBuffer raw, int level) throws E;
}
