package org.tidebox.files.tests.disk;

/** The simulated computer loses power: no code may handle this, and none that runs on its way has an effect. */
public final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    /** Says where. */
    public Crash(String where) {
        super("crash at " + where, null, false, false);
    }
}
