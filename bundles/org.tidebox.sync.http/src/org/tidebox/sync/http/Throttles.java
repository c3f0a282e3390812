package org.tidebox.sync.http;

import org.tidebox.remote.Bandwidth;

/**
 * What the contents of files pass on all of a device's connections. Questions, answers and the server's news pass beside
 * it: they are small, and others wait for them.
 *
 * @param up on the way to the server
 * @param down on the way from it
 */
record Throttles(Throttle up, Throttle down) {
    Throttles(Throttle.Time time) {
        this(new Throttle(time), new Throttle(time));
    }

    void limit(Bandwidth bandwidth) {
        up.limit(bandwidth.up());
        down.limit(bandwidth.down());
    }
}
