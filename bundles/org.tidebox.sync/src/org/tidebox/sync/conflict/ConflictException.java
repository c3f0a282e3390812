package org.tidebox.sync.conflict;

/** A conflict cannot be settled in the way that was asked for; both files are as they were. */
public final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean permanent;

    /** Says why, and what to do. */
    public ConflictException(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    /** Returns whether trying the same again is of no use. */
    public boolean isPermanent() {
        return permanent;
    }
}
