package org.tidebox.sync.confined;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Something was to be changed in a folder that is gone, or is a link or another entry by now. Nothing was done. */
public final class NotRealFolderException extends FileSystemException {
    private static final long serialVersionUID = 1L;
    private final transient Path folder;

    NotRealFolderException(Path folder) {
        super(folder.toString(), null, "it is no folder any more");
        this.folder = folder;
    }

    /** Returns what is no folder. */
    public Path folder() {
        return folder;
    }
}
