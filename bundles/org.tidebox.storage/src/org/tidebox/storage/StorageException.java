package org.tidebox.storage;

/** A store could not do what was asked; nothing of it was done. */
public class StorageException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean permanent;

    /** Says what failed and whether trying again is of no use. */
    public StorageException(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    /** Returns whether trying the same again cannot help. */
    public boolean isPermanent() {
        return permanent;
    }
}
