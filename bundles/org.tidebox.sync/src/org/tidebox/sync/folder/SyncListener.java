package org.tidebox.sync.folder;

/** Hears of a sync folder's progress. Called from working threads; must return at once. */
@FunctionalInterface
public interface SyncListener {
    /**
     * Something changed: state, counts or transfers, at most some ten times per second. The status can be asked for.
     */
    void changed();
}
