package org.tidebox.storage;

/** A name that must be unique is in use. */
public final class AlreadyExistsException extends StorageException {
    private static final long serialVersionUID = 1L;

    /** Says which thing has the name. */
    public AlreadyExistsException(String what, String name) {
        super("There is already " + what + " '" + name + "'", true, null);
    }
}
