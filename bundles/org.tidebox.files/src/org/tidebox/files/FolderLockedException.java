package org.tidebox.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A folder is somebody else's, until they release it or their process ends. */
public final class FolderLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final transient OptionalLong owner;

    /**
     * Says which folder it is.
     *
     * @param owner the process that has it, if it told
     */
    public FolderLockedException(Path folder, OptionalLong owner) {
        super("The folder " + folder + " is in use by "
                + (owner.isPresent() ? "process " + owner.getAsLong() : "another process"));
        this.folder = folder;
        this.owner = owner;
    }

    /** Returns the folder. */
    public Path getFolder() {
        return folder;
    }

    /** Returns the process that has it, if it told. */
    public OptionalLong getOwner() {
        return owner;
    }
}
