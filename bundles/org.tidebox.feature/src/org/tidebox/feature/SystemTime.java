package org.tidebox.feature;

import java.time.InstantSource;

/** The only place that asks the machine for the time; everybody else gets an {@link InstantSource} handed in. */
public final class SystemTime {
    private SystemTime() {
    }

    /** Returns the clock of this machine. */
    public static InstantSource clock() {
        return InstantSource.system();
    }
}
