package org.tidebox.delta;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.tree.ChunkId;

/** Where raw chunks come from. */
@ConsumerType
@FunctionalInterface
public interface ChunkSource<E extends Exception> {
    /** Returns the raw, verified bytes of a chunk. */
    ByteBuffer read(ChunkId id) throws E;
}
