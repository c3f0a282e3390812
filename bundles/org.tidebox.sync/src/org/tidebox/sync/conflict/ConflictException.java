package org.tidebox.sync.conflict;

import org.tidebox.sync.folder.Obstacle;

/** A conflict cannot be settled in the way that was asked for; both files are as they were. */
public final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Obstacle reason;
    private final boolean permanent;

    /** Says why. */
    public ConflictException(Obstacle reason, boolean permanent) {
        super(reason.toString());
        this.reason = reason;
        this.permanent = permanent;
    }

    /** Returns why. */
    public Obstacle getObstacle() {
        return reason;
    }

    /** Returns whether trying the same again is of no use. */
    public boolean isPermanent() {
        return permanent;
    }
}
