package org.tidebox.sync.internal;

import java.nio.file.Path;

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

    Path folder() {
        return folder;
    }
}
