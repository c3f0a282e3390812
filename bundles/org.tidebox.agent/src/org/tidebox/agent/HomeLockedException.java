package org.tidebox.agent;

import java.nio.file.Path;

/** Another process owns the home. Trying again helps once that one has ended. */
public final class HomeLockedException extends Exception {
    /** Stands for a process that could not be named. */
    public static final long UNKNOWN = -1;

    private static final long serialVersionUID = 1L;
    private final transient Path home;
    private final long owner;

    /** Names the home and the process that owns it. */
    public HomeLockedException(Path home, long owner) {
        super("The home " + home + " is in use by " + (owner == UNKNOWN ? "another process" : "process " + owner)
                + "; stop that one, or choose another home with --home");
        this.home = home;
        this.owner = owner;
    }

    /** Returns the home; {@code null} after deserialisation. */
    public Path getHome() {
        return home;
    }

    /** Returns the process id of the owner, or {@link #UNKNOWN}. */
    public long getOwner() {
        return owner;
    }

    /** Returns whether trying again is of no use. */
    public boolean isPermanent() {
        return false;
    }
}
