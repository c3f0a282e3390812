package org.tidebox.sync.internal.disk;

import java.nio.file.Path;
import org.tidebox.sync.confined.NotRealFolderException;

/**
 * The disk is not as it was when the step was planned. Nothing was done; the folder must be scanned, and planned for
 * anew.
 */
public final class StaleException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Path folder;

    public StaleException(Path folder, String what) {
        super(what);
        this.folder = folder;
    }

    /** Tells that a folder on the way is none any more: the one above it must be scanned. */
    public static StaleException of(NotRealFolderException e) {
        StaleException stale = new StaleException(e.folder().getParent(), e.folder() + " is no folder any more");
        stale.initCause(e);
        return stale;
    }

    public Path folder() {
        return folder;
    }
}
