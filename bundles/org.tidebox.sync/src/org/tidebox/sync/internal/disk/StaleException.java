package org.tidebox.sync.internal.disk;

import java.nio.file.Path;
import org.tidebox.sync.confined.NotRealFolderException;

/**
 * The disk is not as it was when the step was planned. Nothing was done; the entry or folder must be scanned, and
 * planned for anew.
 */
public final class StaleException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Path path;
    private final boolean isEntry;

    private StaleException(Path path, boolean isEntry, String what) {
        super(what);
        this.path = path;
        this.isEntry = isEntry;
    }

    /** Tells that the entries of a folder are not as they were. */
    public StaleException(Path folder, String what) {
        this(folder, false, what);
    }

    /** Tells that an entry is not as it was. */
    public static StaleException changed(Path entry) {
        return new StaleException(entry, true, entry + " changed");
    }

    /** Tells that a folder on the way is none any more: the one above it must be scanned. */
    public static StaleException of(NotRealFolderException e) {
        StaleException stale = new StaleException(e.folder().getParent(), e.folder() + " is no folder any more");
        stale.initCause(e);
        return stale;
    }

    /** Returns where to look again. */
    public Path path() {
        return path;
    }

    /** Returns whether the path is that of one entry; else it is that of a folder, all entries of which count. */
    public boolean isEntry() {
        return isEntry;
    }
}
