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
     */
    void chunk(ChunkId id, ByteBuffer raw) throws E;
}
