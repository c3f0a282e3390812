package org.tidebox.model;

import java.nio.file.Path;

/** A configuration cannot be read or kept, or a change of it was refused; the message says what to do. */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final boolean permanent;

    /**
     * Makes one.
     *
     * @param permanent whether trying again cannot help
     */
    public ModelException(String message, Path file, boolean permanent, Throwable cause) {
        super(message, cause);
        this.file = file;
        this.permanent = permanent;
    }

    /** Returns the file that holds the configuration. */
    public Path file() {
        return file;
    }

    /** Returns whether trying again cannot help. */
    public boolean isPermanent() {
        return permanent;
    }
}
