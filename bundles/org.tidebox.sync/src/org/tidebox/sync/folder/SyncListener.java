package org.tidebox.sync.folder;

import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.sync.device.DoneStep;

/** Hears of a sync folder's progress. Called from working threads; must return at once. */
@ConsumerType
@FunctionalInterface
public interface SyncListener {
    /**
     * Something changed: state, counts or transfers, at most some ten times per second. The status can be asked for.
     */
    void changed();

    /** Something was done. */
    default void done(DoneStep step) {
        // Not everybody who follows the progress wants to know each step.
    }
}
