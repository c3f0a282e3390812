package org.tidebox.sync.internal;

import java.nio.file.Path;
import org.tidebox.sync.confined.NotRealFolderException;

/**
 * The disk is not as it was when the step was planned. Nothing was done; the folder must be scanned, and planned for
 * anew.
 */
final class StaleException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Path folder;

    StaleException(Path folder, String what) {
        super(what);
        this.folder = folder;
    }

    /** Tells that a folder on the way is none any more: the one above it must be scanned. */
    static StaleException of(NotRealFolderException e) {
        StaleException stale = new StaleException(e.folder().getParent(), e.folder() + " is no folder any more");
        stale.initCause(e);
        return stale;
    }

    Path folder() {
        return folder;
    }
}
