package org.tidebox.server.session;

import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.ProblemException;

/** Whether a device may still do what it began. */
@ConsumerType
@FunctionalInterface
public interface Standing {
    /**
     * Looks again; cheap enough for each chunk.
     *
     * @throws ProblemException if it may not
     */
    void check() throws ProblemException, StorageException;
}
