package org.tidebox.wire;

import org.osgi.annotation.versioning.ConsumerType;

/** Grants memory to those who read, before they set it aside. */
@ConsumerType
@FunctionalInterface
public interface Room {
    /** Grants all that is asked for. */
    Room ANY = bytes -> {
    };

    /**
     * Takes so many bytes of the heap; waits for them where others have them. Whoever gave the room gives it back.
     *
     * @throws WireException if there are none for a long time
     */
    void take(long bytes) throws WireException;
}
